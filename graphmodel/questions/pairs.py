"""The most similar roles of every role, as a Parquet file: `pip install 'rolegraph[parquet]'`."""

from __future__ import annotations

import os
from pathlib import Path

from graphmodel.errors import BadInput
from graphmodel.nodes import Role
from graphmodel.questions.needs import EVERYTHING, Scope, matrix
from graphmodel.store import View

_ENDS = ("source", "target", "source_name", "target_name")

ROWS_AT_ONCE = 100_000
"""Roles multiplied and written at once; bounds the memory."""


def write_pairs(view: View, path: Path, k: int = 10, scope: Scope = EVERYTHING) -> int:
    """Writes, for every role with skills, the k roles most like it by cosine (similar.Measure); gives their number.

    Columns: source, target (ids), source_name, target_name (strings, dictionary-encoded), score (float64, in (0, 1]);
    ordered by source, falling score, target. The file is there whole or not at all. Raises BadInput for a `k` below 1,
    without the extra `parquet`, and for a file that cannot be written.
    """
    if k < 1:
        raise BadInput(f"The number of answers is {k}.", "Ask for one at least.")
    try:
        import numpy as np
        import pyarrow as pa
        from pyarrow import parquet
        from scipy.sparse import csr_matrix
        from sparse_dot_topn import sp_matmul_topn
    except ImportError as missing:
        raise BadInput(f"Pairs need {missing.name}.", "pip install 'rolegraph[parquet]'") from missing
    table = matrix(view, scope)
    first = table.first[table.departments :] - table.first[table.departments]
    columns = table.skills_of[table.first[table.departments] :]
    lengths = np.repeat(table.lengths[table.departments :], np.diff(first))
    roles = len(first) - 1
    unit = csr_matrix((table.weights[columns] / lengths, columns, first), shape=(roles, len(table.skills)))
    turned = unit.T.tocsr()
    ids = pa.array([table.id_of(row + table.departments) for row in range(roles)])
    known = {node.id: node.name for node in view.nodes("role", where={"described": True}) if isinstance(node, Role)}
    names = pa.array([known[id] for id in ids.to_pylist()])
    schema = pa.schema([(name, pa.dictionary(pa.int32(), pa.string())) for name in _ENDS] + [("score", pa.float64())])
    part, count = path.with_name(path.name + ".part"), 0
    try:
        with parquet.ParquetWriter(part, schema) as writer:
            for start in range(0, roles, ROWS_AT_ONCE):
                some = sp_matmul_topn(
                    unit[start : start + ROWS_AT_ONCE], turned, top_n=k + 1, n_threads=os.cpu_count()
                ).tocoo()
                source, target, score = some.row + start, some.col, np.minimum(some.data, 1.0)
                other = (source != target) & (score > 0)
                source, target, score = source[other], target[other], score[other]
                order = np.lexsort((target, -score, source))
                source, target, score = source[order], target[order], score[order]
                place = np.arange(len(source)) - np.searchsorted(source, source)  # which of its source's pairs it is
                source, target, score = (values[place < k] for values in (source, target, score))
                ends = (np.asarray(end, dtype=np.int32) for end in (source, target, source, target))
                labels = (ids, ids, names, names)
                named = [pa.DictionaryArray.from_arrays(*pair) for pair in zip(ends, labels, strict=True)]
                writer.write(pa.table([*named, score], schema=schema))
                count += len(score)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadInput(f"{path} cannot be written: {error.strerror}.", "Name a file in a folder of yours.") from error
    return count
