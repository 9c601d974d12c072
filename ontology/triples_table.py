"""The triples of an export as a table in Parquet, for tools that read columns: DuckDB, pandas, Spark.

A row is a triple: `subject`, `predicate` and `object` are IRIs without brackets, or the text of a literal; `kind` says
which of both the object is (iri or literal), and a literal has a `datatype` (an IRI) and perhaps a `language`. Rows
are in the order of subjects of every export, then of predicates. No triple comes twice, and the same graph gives the
same bytes with the same version of pyarrow.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from graphmodel.errors import BadInput
from graphmodel.store import View
from ontology.export import Counted
from ontology.subjects import Subjects
from ontology.terms import BASE, DATA_KINDS, RDF, XSD, check_base, decimal, expanded, iri
from ontology.writers.syntax import Pair

if TYPE_CHECKING:
    import pyarrow

COLUMNS = ("subject", "predicate", "object", "kind", "datatype", "language")
SUFFIX = "parquet"
MEDIA_TYPE = "application/vnd.apache.parquet"

_ROWS = 1 << 17


def write(
    view: View,
    out: Path | BinaryIO,
    base: str = BASE,
    *,
    kinds: Collection[str] = DATA_KINDS,
    quotes: str = "full",
    counted: Counted | None = None,
) -> int:
    """Write the graph, or what it says of things of some kinds, and return the number of triples.

    The arguments are those of ontology.export.export; pairs are shown to `counted` in the syntax of Columns.
    Memory does not grow with the number of triples. Raises BadInput where pyarrow is not installed, too.
    """
    check_base(base)
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        problem = "Parquet is written by pyarrow, which is not installed."
        raise BadInput(problem, 'pip install "rolegraph[parquet]" installs it.') from None
    schema = pyarrow.schema([(name, pyarrow.string()) for name in COLUMNS], metadata={"base": base})
    writer = Columns(base)
    subjects: list[str] = []
    pairs: list[Pair] = []
    triples = 0
    with parquet.ParquetWriter(out, schema, compression="zstd", store_schema=False) as file:
        for id, said in Subjects(view, writer, quotes).of(kinds):
            if counted:
                counted(id, said)
            subjects += [iri(id, base)] * len(said)
            pairs += said
            if len(pairs) >= _ROWS:
                file.write_table(_table(subjects, pairs, schema))
                triples += len(pairs)
                subjects, pairs = [], []
        if pairs or not triples:
            file.write_table(_table(subjects, pairs, schema))
    return triples + len(pairs)


def _table(subjects: Sequence[str], pairs: Sequence[Pair], schema: pyarrow.Schema) -> pyarrow.Table:
    """The rows of one group."""
    import pyarrow

    objects = [object.split("\0", 2) for _, object in pairs]
    columns: tuple[list[Any], ...] = (
        list(subjects),
        [predicate for predicate, _ in pairs],
        [value for _, _, value in objects],
        ["literal" if datatype else "iri" for datatype, _, _ in objects],
        [datatype or None for datatype, _, _ in objects],
        [language or None for _, language, _ in objects],
    )
    return pyarrow.table([pyarrow.array(column, pyarrow.string()) for column in columns], schema=schema)


class Columns:
    """The syntax of a table: a predicate is its IRI; an object has its datatype, language and value, NUL between them.

    Those of an IRI have neither of the first two.
    """

    def __init__(self, base: str) -> None:
        self._base = base

    def head(self) -> str:
        return ""

    tail = head

    def property(self, name: str) -> str:
        return expanded(name)

    def term(self, name: str) -> str:
        return f"\0\0{expanded(name)}"

    def thing(self, id: str) -> str:
        return f"\0\0{iri(id, self._base)}"

    def link(self, iri: str) -> str:
        return f"\0\0{iri}"

    def text(self, value: str, language: str | None = None) -> str:
        return f"{RDF}langString\0{language}\0{value}" if language else f"{XSD}string\0\0{value}"

    def integer(self, value: int) -> str:
        return f"{XSD}integer\0\0{value}"

    def decimal(self, value: float) -> str:
        return f"{XSD}decimal\0\0{decimal(value)}"

    def boolean(self, value: bool) -> str:
        return f"{XSD}boolean\0\0{str(value).lower()}"

    def block(self, subject: str, pairs: Sequence[Pair]) -> str:
        return ""
