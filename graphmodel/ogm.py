"""The graph in Neo4j as py2neo OGM classes, to read and walk it: `pip install 'rolegraph[py2neo]'`.

    from graphmodel.ogm import Role, repository

    for role in repository("bolt://localhost:7687").match(Role).where(name="店长"):
        for duty in role.duties:
            print(duty.text, [skill.name for skill in duty.skills])

py2neo keeps one relationship between two nodes where the store has one for each mention; hence an object cannot be
saved or deleted here (StoreReadOnly). Only relations whose other end is of one kind are attributes.
py2neo is at the end of its life: new programs do better with the `neo4j` driver and Cypher.
"""

from __future__ import annotations

import os
from typing import NoReturn
from urllib.parse import urlsplit

from graphmodel.errors import BadInput, StoreReadOnly

try:
    from py2neo.ogm import Model, Property, RelatedFrom, RelatedTo, Repository
except ImportError as missing:
    raise ImportError("graphmodel.ogm needs py2neo: pip install 'rolegraph[py2neo]'") from missing


class _Node(Model):  # type: ignore[misc]
    __primarykey__ = "id"

    id = Property()

    def _refuse(self, tx: object) -> NoReturn:
        raise StoreReadOnly(
            "py2neo would merge the mentions of an edge into one.",
            "Change the graph through graphmodel.store.open_store.",
        )

    __db_create__ = __db_merge__ = __db_push__ = __db_delete__ = _refuse


class Role(_Node):
    """`postings` is the number of counted postings that describe it."""

    name = Property()
    alt_names = Property(default=())
    described = Property()
    postings = Property(default=0)

    described_by = RelatedFrom("Posting", "DESCRIBES")
    duties = RelatedTo("Duty", "HAS_DUTY")
    requirements = RelatedTo("Requirement", "HAS_REQUIREMENT")
    skills = RelatedTo("Skill", "NEEDS")
    departments = RelatedTo("Department", "BELONGS_TO")
    superiors = RelatedTo("Role", "REPORTS_TO")
    next_roles = RelatedTo("Role", "LEADS_TO")
    indicators = RelatedTo("Indicator", "MEASURED_BY")


class Duty(_Node):
    text = Property()

    skills = RelatedTo("Skill", "REQUIRES")
    departments = RelatedTo("Department", "INVOLVES")


class Requirement(_Node):
    text = Property()
    type = Property()
    education = Property()
    min_years = Property()
    experience_field = Property()
    majors = Property(default=())
    certificates = Property(default=())
    languages = Property(default=())

    skills = RelatedTo("Skill", "REQUIRES")
    departments = RelatedTo("Department", "INVOLVES")


class Skill(_Node):
    name = Property()
    name_en = Property()
    alt_names = Property(default=())
    alt_names_en = Property(default=())
    type = Property()
    status = Property()
    definition = Property()
    exact_match = Property(default=())
    close_match = Property(default=())

    broader = RelatedTo("Skill", "BROADER")
    narrower = RelatedFrom("Skill", "BROADER")
    departments = RelatedTo("Department", "APPLIED_IN")


class Department(_Node):
    name = Property()
    alt_names = Property(default=())
    kind = Property()
    postings = Property(default=0)

    roles = RelatedFrom("Role", "BELONGS_TO")
    duties = RelatedTo("Duty", "HAS_DUTY")
    part_of = RelatedTo("Department", "PART_OF")
    parts = RelatedFrom("Department", "PART_OF")
    skills = RelatedFrom("Skill", "APPLIED_IN")
    indicators = RelatedTo("Indicator", "MEASURED_BY")


class Indicator(_Node):
    name = Property()
    alt_names = Property(default=())


class Posting(_Node):
    """`document` is the id of its Document; `start` and `end` are code points in its text."""

    document = Property()
    number = Property()
    title = Property()
    kind = Property()
    organization = Property()
    place = Property()
    start = Property()
    end = Property()
    fingerprint = Property()
    repeats = Property()


class Document(_Node):
    origin = Property()
    content = Property()
    media_type = Property()
    repeats = Property()


def repository(url: str) -> Repository:
    """A py2neo Repository on a store; URL, user and password are those of `open_store`.

    Raises BadInput for a store whose labels have a prefix: the classes here are named after labels without one.
    """
    parts = urlsplit(url)
    if "prefix=" in parts.query:
        raise BadInput(
            f"{url}: graphmodel.ogm knows labels without a prefix only.",
            "Copy the store into a database of its own: rolegraph copy --from URL --to URL.",
        )
    user, password = os.environ.get("ROLEGRAPH_STORE_USER", "neo4j"), os.environ.get("ROLEGRAPH_STORE_PASSWORD", "")
    return Repository(
        f"{parts.scheme}://{parts.netloc}",
        name=parts.path.strip("/") or None,
        auth=(user, password) if password else None,
    )
