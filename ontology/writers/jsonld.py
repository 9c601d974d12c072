"""JSON-LD 1.1 with the context in it: a node object a line, its types and id first.

Nothing has to be fetched to read it, and nothing to be held back: context, types, id, the rest is the order that
streaming readers ask for (https://www.w3.org/TR/json-ld11-streaming/). Links are ids of the store, which the context's
prefixes make IRIs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import groupby
from json.encoder import encode_basestring
from operator import itemgetter
from urllib.parse import quote

from graphmodel.errors import BadInput
from ontology.context import context, forms, key
from ontology.terms import DATA_KINDS, decimal, iri
from ontology.writers.syntax import Pair

_predicate = itemgetter(0)
_TYPE = '"type": '
_SAFE = "-._~+"
_ID = re.compile(rf"(?:{'|'.join(DATA_KINDS)}):[{_SAFE}A-Za-z0-9]+\Z")


class JsonLd:
    """A pair is a key, and a value; of a text with a language, the member of the map that it stands in."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._context = context(base)
        self._forms = {self.property(name): form for name, form in forms().items()} | {_TYPE: "things"}
        self._before = ""

    def head(self) -> str:
        self._before = ""
        members = json.dumps(self._context, ensure_ascii=False, indent=1)
        return f'{{"@context": {members},\n"@graph": [\n'

    def tail(self) -> str:
        return "\n]}\n"

    def property(self, name: str) -> str:
        return f'"{key(name)}": '

    def term(self, name: str) -> str:
        return f'"{key(name)}"'

    def thing(self, id: str) -> str:
        if _ID.match(id):
            return f'"{id}"'
        kind, _, key = id.partition(":")
        return f'"{kind}:{quote(key, safe=_SAFE)}"' if kind in DATA_KINDS else f'"{iri(id, self._base)}"'

    def link(self, iri: str) -> str:
        """Raises BadInput for an IRI whose scheme is a prefix of the context."""
        if iri.partition(":")[0] in self._context:
            raise BadInput(
                f"{iri} is read as a name with a prefix in JSON-LD.",
                "Export another format, or give the concept an IRI that begins with http: or https:.",
            )
        return encode_basestring(iri)

    def text(self, value: str, language: str | None = None) -> str:
        said = encode_basestring(value)
        return f'"{language}": {said}' if language else said

    def integer(self, value: int) -> str:
        return str(value)

    def decimal(self, value: float) -> str:
        return f'"{decimal(value)}"'

    def boolean(self, value: bool) -> str:
        return "true" if value else "false"

    def block(self, subject: str, pairs: Sequence[Pair]) -> str:
        node = f"{self._before}{self.node(subject, pairs)}"
        self._before = ",\n"
        return node

    def node(self, subject: str, pairs: Sequence[Pair]) -> str:
        """A node object, without the context."""
        members = [f'"id": {self.thing(subject)}']
        for predicate, run in groupby(pairs, _predicate):
            said = [object for _, object in run]
            form = self._forms[predicate]
            if form in ("name", "names"):
                value = _map(said, form == "names")
            elif form in ("things", "texts") or len(said) > 1:
                value = f"[{', '.join(said)}]"
            else:
                value = said[0]
            if predicate == _TYPE:
                members.insert(0, f"{predicate}{value}")
            else:
                members.append(f"{predicate}{value}")
        return f"{{{', '.join(members)}}}"


def _map(said: Sequence[str], several: bool) -> str:
    """Texts by language, in lists if there may be several."""
    if len(said) == 1 and not several:
        return f"{{{said[0]}}}"
    members = []
    for language, run in groupby((each.split(": ", 1) for each in said), _predicate):
        texts = [text for _, text in run]
        listed = f"[{', '.join(texts)}]" if several or len(texts) > 1 else texts[0]
        members.append(f"{language}: {listed}")
    return f"{{{', '.join(members)}}}"
