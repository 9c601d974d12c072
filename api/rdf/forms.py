"""The forms in which a document is served: what each is called, and the links from one to the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ontology.formats import FORMATS

HTML = "text/html"


class Form(NamedTuple):
    """`format` is the name in ontology.formats, empty for HTML; `suffix` has no dot."""

    suffix: str
    media_type: str
    format: str = ""

    @property
    def content_type(self) -> bytes:
        charset = "" if self.media_type.endswith(("json", "n-triples")) else "; charset=utf-8"
        return f"{self.media_type}{charset}".encode()


PAGE = Form("html", HTML)

EXPORTED = tuple(Form(format.suffix, format.media_type, format.name) for format in FORMATS.values())
"""The forms of a whole export, the usual one first."""

DESCRIBED = (*(form for form in EXPORTED if form.format != "trig"), PAGE)
"""The forms of a document about a thing: one graph, or a page for people. The usual one is first."""


def with_suffix(suffix: str, forms: Iterable[Form] = DESCRIBED) -> Form | None:
    return next((form for form in forms if form.suffix == suffix), None)


def of_type(media_type: str | None, forms: Iterable[Form] = DESCRIBED) -> Form | None:
    return next((form for form in forms if form.media_type == media_type), None)


def alternates(path: str, forms: Iterable[Form] = DESCRIBED, but: Form | None = None) -> list[str]:
    """The entries of a Link header that lead from a path without suffix to its forms."""
    return [f'<{path}.{form.suffix}>; rel="alternate"; type="{form.media_type}"' for form in forms if form != but]
