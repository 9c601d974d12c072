"""The arguments that questions have in common, and what they count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

import strawberry

from api.graphql.answers import problem
from api.graphql.context import Context, wants
from api.graphql.limits import LARGEST_PAGE
from api.graphql.lookups import text_or_iri
from graphmodel import errors
from graphmodel.nearest import LONGEST
from graphmodel.questions import needs
from graphmodel.questions.within import ANYWHERE
from graphmodel.questions.within import Within as Part

T = TypeVar("T")

MOST_ANSWERS = LARGEST_PAGE
MOST_PLACES = 20
MOST_WORDS = 100
"""Names, words and places that one argument may list."""


@strawberry.input(
    description="只统计一部分招聘帖；空则不限 / Count only some of the postings; what is empty leaves none out"
)
class WithinInput:
    organizations: list[str] = strawberry.field(
        default_factory=list, description="单位名称 / Names of organizations, one of which the posting is of"
    )
    departments: list[str] = strawberry.field(
        default_factory=list, description="部门的名称、标识或 IRI / Departments by name, id or IRI"
    )
    documents: list[str] = strawberry.field(
        default_factory=list, description="文档来源，* 代表任意 / Origins of documents; * stands for anything"
    )


Within = Annotated[WithinInput | None, strawberry.argument(description="只统计这些招聘帖 / Count only these postings")]
MinShare = Annotated[
    float,
    strawberry.argument(
        description="略去要求比例更低的技能，0 至 1 / Leave out skills with a lower share of postings, from 0 to 1"
    ),
]
Candidates = Annotated[
    bool, strawberry.argument(description="包括技能表中没有的说法 / Also phrases that the taxonomy lacks")
]
Places = Annotated[
    int,
    strawberry.argument(description="每个技能最多几条依据，至多 20 / The most places given for a skill, at most 20"),
]
Number = Annotated[int, strawberry.argument(description="最多几个答案，1 至 1000 / The most answers, from 1 to 1000")]
SubjectText = Annotated[
    str,
    strawberry.argument(
        description="岗位或部门：名称、别名、标识或 IRI / A role or department: name, alternative name, id or IRI"
    ),
]
RoleText = Annotated[
    str, strawberry.argument(description="岗位：名称、别名、标识或 IRI / A role: name, alternative name, id or IRI")
]
SkillText = Annotated[
    str, strawberry.argument(description="技能：名称、别名、标识或 IRI / A skill: name, alternative name, id or IRI")
]


def answered(question: Callable[[], Any]) -> Any:
    """The answer; or where a name means nothing or too much, that."""
    try:
        return question()
    except (errors.NotFound, errors.Ambiguous) as error:
        return problem(error)


def asked(resolver: Callable[..., Any], description: str) -> Any:
    """A field of the query type."""
    return strawberry.field(resolver=resolver, description=description)


def text(info: Context, name: str, kind: str = "node") -> str:
    """What the library takes for a name, id or IRI. Raises NotFound for an IRI that is none of ours, BadInput for a
    text that is longer than any name.
    """
    return text_or_iri(short("name", name), info.context.base_iri, kind)


def part(info: Context, chosen: WithinInput | None) -> Part:
    """The part of the postings. Raises BadInput for long lists."""
    if chosen is None:
        return ANYWHERE
    documents = few("documents", chosen.documents)
    return Part(
        tuple(few("organizations", chosen.organizations)),
        tuple(text(info, name, "department") for name in few("departments", chosen.departments)),
        () if "*" in documents else tuple(documents),  # which leaves none out, and need not be compared
    )


def scope(info: Context, chosen: WithinInput | None, min_share: float, candidates: bool) -> needs.Scope:
    """What a question counts."""
    return needs.Scope(min_share, candidates, part(info, chosen))


def places(info: Context, most: int, *fields: str) -> int:
    """How many places are to be read for each skill: none where the query asks for no evidence."""
    between("evidence", most, 0, MOST_PLACES)
    return most if any(wants(info, name) for name in fields or ("evidence",)) else 0


def between(name: str, value: int, least: int, most: int) -> int:
    """The value of an argument. Raises BadInput outside of the bounds, before anything is read."""
    if not least <= value <= most:
        raise errors.BadInput(f"`{name}` is {value}.", f"Give a number from {least} to {most}.")
    return value


def value(member: Any) -> Any:
    """The value of a member of an enum, as the library spells it; None for None."""
    return None if member is None else member.value


def few(name: str, values: Sequence[T]) -> Sequence[T]:
    """The values of an argument. Raises BadInput for too many, and for a text that is too long."""
    if len(values) > MOST_WORDS:
        raise errors.BadInput(f"`{name}` lists {len(values)}.", f"Give {MOST_WORDS} at most.")
    for one in values:
        if isinstance(one, str):
            short(name, one)
    return values


def short(name: str, given: str) -> str:
    """The text of an argument. Raises BadInput for one that is longer than any name: it need not be looked for."""
    if len(given) > LONGEST:
        raise errors.BadInput(f"`{name}` holds a text of {len(given)} characters.", f"Give {LONGEST} at most.")
    return given
