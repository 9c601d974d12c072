"""What an export holds, in VoID and DCAT: its files, how much it says of what, and whose each part is.

A manifest has no blank nodes and no date but the one it is given, so that it is the same for the same export.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from graphmodel.errors import BadInput
from ontology import entries, formats, licences, triples_table
from ontology.counts import Counts, Part
from ontology.licences import Terms
from ontology.terms import BASE, CHINESE, ENGLISH, NAMESPACES, check_base, expanded, iri
from ontology.writers.ntriples import quoted
from ontology.writers.syntax import Pair
from ontology.writers.turtle import block

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    **NAMESPACES,
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_ONTOLOGY = NAMESPACES["rg"].removesuffix("#")
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\Z")
_LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"


class Dump(NamedTuple):
    """A file of an export. `name` is its path from where the manifest is, or an absolute IRI; `format` is one of
    ontology.formats; `bytes` and `sha256` (hex) are those of the file as it is, compressed or not, if they are known.
    """

    name: str
    format: str
    bytes: int | None = None
    sha256: str | None = None
    compressed: bool = False


def dump_of(file: Path, format: str) -> Dump:
    """A file that is there, by its name alone: the manifest will stand beside it."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Dump(file.name, format, file.stat().st_size, digest, file.suffix == ".gz")


def source_date(environment: Mapping[str, str]) -> datetime | None:
    """The time that SOURCE_DATE_EPOCH says, if it does. Raises BadInput if it is no number of seconds."""
    said = environment.get("SOURCE_DATE_EPOCH")
    if not said:
        return None
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError):
        problem = f"SOURCE_DATE_EPOCH is {said!r}, which is no number of seconds."
        raise BadInput(problem, "Set it to the seconds since 1970, or unset it.") from None


def manifest(
    counts: Counts,
    dumps: Sequence[Dump] = (),
    base: str = BASE,
    *,
    version: str,
    revision: str | None = None,
    quotes: str = "full",
    issued: datetime | None = None,
    sparql: str | None = None,
) -> str:
    """The manifest as Turtle. The names of dumps stay relative, to be read from the place where it is put.

    `version` is that of rolegraph. `revision` names the state of the graph; None: by the digest of the first dump,
    which is the same for the same graph in any store. `quotes` is how the export was told to quote, `sparql` the IRI
    of an endpoint that answers from this graph, if there is one. Raises BadInput for a base that is no IRI.
    """
    check_base(base)
    if revision is None and dumps and dumps[0].sha256:
        revision = f"sha256-{dumps[0].sha256}"
    made = _Manifest(base)
    made.dataset(counts, version, revision, issued)
    if sparql is not None:
        made.say(made.graph, ("void:sparqlEndpoint", f"<{sparql}>"))
    made.parts(counts, quotes)
    for name, part in counts.classes.items():
        made.partition("class", name, part)
    for name, part in counts.properties.items():
        made.partition("property", name, part)
    for dump in dumps:
        made.file(dump, issued)
    return made.turtle()


class _Manifest:
    """What is said, by subject, in the syntax of Turtle."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._said: dict[str, list[Pair]] = {}
        self.graph = self._thing("graph")

    def _thing(self, name: str) -> str:
        return f"dataset:{name}" if _LOCAL.match(name) else f"<{iri(f'dataset:{name}', self._base)}>"

    def say(self, subject: str, *pairs: Pair) -> None:
        self._said.setdefault(subject, []).extend(pairs)

    def _terms(self, subject: str, terms: Terms, more: tuple[str, str] = ("", "")) -> None:
        """The title and the terms of a part; the statement of rights is a thing, as its property asks."""
        rights = self._thing(f"rights-{terms.name}")
        texts = terms.rights[0] + more[0], f"{terms.rights[1]} {more[1]}".strip()
        self.say(subject, *_both("dct:title", terms.title), ("dct:rights", rights))
        self.say(rights, ("a", "dct:RightsStatement"), *_both("rdfs:label", texts))
        if terms.licence:
            self.say(subject, ("dct:license", f"<{terms.licence}>"))

    def dataset(self, counts: Counts, version: str, revision: str | None, issued: datetime | None) -> None:
        """The whole, and the document that tells of it."""
        classes, properties = counts.classes, counts.properties
        vocabularies = {expanded(name)[: -len(name.rpartition(":")[2])] for name in (*classes, *properties)}
        self.say("<>", ("a", "void:DatasetDescription"), ("foaf:primaryTopic", self.graph))
        self.say(
            self.graph,
            ("a", "dcat:Dataset"),
            ("a", "void:Dataset"),
            ("dct:conformsTo", f"<{_ONTOLOGY}>"),
            ("dct:language", f"<{_LANGUAGES}en>"),
            ("dct:language", f"<{_LANGUAGES}zh>"),
            ("owl:versionInfo", quoted(f"rolegraph {version}")),
            ("void:classes", str(len(classes))),
            ("void:distinctSubjects", str(counts.subjects)),
            ("void:entities", str(counts.subjects)),
            ("void:properties", str(len(properties))),
            ("void:triples", str(counts.triples)),
            ("void:uriSpace", quoted(self._base)),
            *(("void:exampleResource", f"<{iri(id, self._base)}>") for id in counts.examples.values()),
            *(("void:vocabulary", f"<{vocabulary}>") for vocabulary in vocabularies),
        )
        if revision is not None:
            self.say(self.graph, ("dcat:version", quoted(revision)))
        if issued is not None:
            self.say(self.graph, ("dct:issued", _time(issued)))

    def parts(self, counts: Counts, quotes: str) -> None:
        """Whose what is: the documents' owners', ours, the European Commission's."""
        documents, taxonomy, esco = self._thing("documents"), self._thing("taxonomy"), self._thing("esco")
        self._terms(self.graph, licences.GRAPH)
        for part, terms in ((documents, licences.DOCUMENTS), (taxonomy, licences.TAXONOMY)):
            self.say(self.graph, ("void:subset", part))
            self.say(part, ("a", "dcat:Dataset"), ("a", "void:Dataset"))
            self._terms(part, terms, licences.QUOTED[quotes] if part == documents else ("", ""))
        for name, links in counts.esco.items():
            part = self._thing(f"esco-{name.rpartition(':')[2]}")
            self.say(self.graph, ("void:subset", part))
            self.say(
                part,
                ("a", "void:Linkset"),
                ("void:linkPredicate", name),
                ("void:objectsTarget", esco),
                ("void:subjectsTarget", taxonomy),
                ("void:triples", str(links)),
            )
            self._terms(part, licences.MATCHES)
        if counts.esco:
            self.say(esco, ("a", "void:Dataset"), ("dct:publisher", f"<{licences.EUROPEAN_COMMISSION}>"))
            self.say(esco, ("foaf:homepage", "<https://esco.ec.europa.eu/>"), ("void:uriSpace", quoted(entries.ESCO)))
            self._terms(esco, licences.ESCO)
        ontology = f"<{_ONTOLOGY}>"
        self.say(ontology, ("a", "owl:Ontology"), ("dct:license", f"<{licences.APACHE}>"))
        self.say(ontology, *_both("dct:title", licences.ONTOLOGY.title))

    def partition(self, kind: str, name: str, part: Part) -> None:
        """The things of a class, or the triples with a property."""
        prefixed = name if ":" in name else f"rg:{name}"
        subject = self._thing(f"{kind}-{prefixed.replace(':', '-')}")
        of = "void:entities" if kind == "class" else "void:distinctSubjects"
        self.say(self.graph, (f"void:{kind}Partition", subject))
        self.say(
            subject,
            ("a", "void:Dataset"),
            (f"void:{kind}", prefixed),
            ("void:triples", str(part.triples)),
            (of, str(part.subjects)),
        )

    def file(self, dump: Dump, issued: datetime | None) -> None:
        """A distribution, with the digest of its bytes."""
        here = self._thing(f"file-{dump.name}")
        place = f"<{dump.name if '://' in dump.name else quote(dump.name)}>"
        self.say(self.graph, ("dcat:distribution", here), ("void:dataDump", place))
        self.say(
            here,
            ("a", "dcat:Distribution"),
            ("dcat:downloadURL", place),
            ("dcat:mediaType", f"<{_MEDIA_TYPES}{_media_type(dump.format)}>"),
            ("dct:rights", self._thing("rights-graph")),
            ("dct:title", quoted(dump.name)),
        )
        if dump.compressed:
            self.say(here, ("dcat:compressFormat", f"<{_MEDIA_TYPES}application/gzip>"))
        if issued is not None:
            self.say(here, ("dct:issued", _time(issued)))
        if dump.bytes is not None:
            self.say(here, ("dcat:byteSize", f'"{dump.bytes}"^^xsd:nonNegativeInteger'))
        if dump.sha256 is not None:
            digest = self._thing(f"sha256-{dump.name}")
            self.say(here, ("spdx:checksum", digest))
            self.say(
                digest,
                ("a", "spdx:Checksum"),
                ("spdx:algorithm", "spdx:checksumAlgorithm_sha256"),
                ("spdx:checksumValue", f'"{dump.sha256}"^^xsd:hexBinary'),
            )

    def turtle(self) -> str:
        """The whole first, then each part; what is said of each is sorted."""
        namespaces = {**PREFIXES, "dataset": f"{self._base}dataset/"}
        head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(namespaces.items()))
        return head + "".join(
            block(subject, sorted({*pairs}, key=lambda pair: (pair[0] != "a", pair)))
            for subject, pairs in self._said.items()
        )


def _media_type(format: str) -> str:
    return triples_table.MEDIA_TYPE if format == triples_table.SUFFIX else formats.named(format).media_type


def _both(predicate: str, texts: tuple[str, str]) -> list[Pair]:
    return [(predicate, quoted(texts[0], CHINESE)), (predicate, quoted(texts[1], ENGLISH))]


def _time(moment: datetime) -> str:
    return f'"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"^^xsd:dateTime'
