"""The most similar roles of every role, as a Parquet file: `pip install 'rolegraph[parquet]'`."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel.errors import BadInput
from graphmodel.nodes import Role
from graphmodel.questions.cheapest import DIGITS
from graphmodel.questions.needs import EVERYTHING, Scope, check_number, matrix
from graphmodel.questions.similar import best, scores
from graphmodel.store import View

if TYPE_CHECKING:
    from graphmodel.projection import Projection

_ENDS = ("source", "target", "source_name", "target_name")

ROWS_AT_ONCE = 100_000
"""Roles multiplied and written at once; bounds the memory."""


def write_pairs(view: View, path: Path, k: int = 10, scope: Scope = EVERYTHING) -> int:
    """Writes, for every role with skills, the k roles most like it by cosine (similar.Measure); gives their number.

    Columns: source, target (ids), source_name, target_name (strings, dictionary-encoded), score (float64, in (0, 1]);
    ordered by source, falling score, target; of equal scores the targets of smaller id are among the k. The file is
    there whole or not at all. Raises BadInput for a `k` below 1, without the extra `parquet`, and for a file that
    cannot be written.
    """
    check_number(k)
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
                    unit[start : start + ROWS_AT_ONCE], turned, top_n=k + 2, n_threads=os.cpu_count(), sort=True
                )
                some.data = np.round(some.data, DIGITS)
                tied = _tied(some, k)
                some = some.tocoo()
                kept = (some.row + start != some.col) & (some.data > 0) & ~tied[some.row]
                again = _one_by_one(table, (start + np.flatnonzero(tied)).tolist(), k)
                source, target, score = (
                    np.concatenate(parts)
                    for parts in zip((some.row[kept] + start, some.col[kept], some.data[kept]), again, strict=True)
                )
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
        raise BadInput(f"{path} cannot be written: {error.strerror}.", "Name a file in a folder of yours.") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return count


def _tied(some: Any, k: int) -> Any:
    """(rows,) whether the k-th other role of a row, itself being one more, scores as one after it: which of those
    that tie are among the best is then not known.
    """
    import numpy as np

    full = np.diff(some.indptr) == k + 2
    tied = np.zeros(len(full), dtype=bool)
    last = some.indptr[1:][full] - 1
    tied[full] = some.data[last] == some.data[last - 1]
    return tied


def _one_by_one(table: Projection, rows: list[int], k: int) -> tuple[Any, Any, Any]:
    """As the product of all, exactly; roles that need the same skills are looked for once."""
    import numpy as np

    known: dict[bytes, list[tuple[int, float]]] = {}
    found: list[tuple[int, int, float]] = []
    for row in rows:
        columns = table.columns(row + table.departments)
        if (key := columns.tobytes()) not in known:
            likeness = scores(table, columns.tolist(), "cosine")[table.departments :]
            known[key] = [(other, float(likeness[other])) for other in best(likeness, k + 1)]
        found += [(row, other, score) for other, score in known[key] if other != row]
    sources, targets, values = zip(*found, strict=True) if found else ((), (), ())
    return np.array(sources, dtype=np.int32), np.array(targets, dtype=np.int32), np.array(values, dtype=np.float64)
