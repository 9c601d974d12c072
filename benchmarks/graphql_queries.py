"""What the servers of benchmarks.graphql are asked, and their answers in one shape to be compared."""

from __future__ import annotations

from typing import Any

_SETS = """{ ... on SharedSkills {
    shared { skill { id name } %s } onlyA { skill { id name } %s } onlyB { skill { id name } %s }
    measures { jaccard coverageA coverageB } } }"""
_PLACES = "evidence { origin line text words start }"

SHARED = "query Shared($a: String!, $b: String!) { sharedSkills(a: $a, b: $b) " + _SETS % ("", "", "") + " }"
EVIDENCE = SHARED.replace(_SETS % ("", "", ""), _SETS % (f"a {{ {_PLACES} }} b {{ {_PLACES} }}", _PLACES, _PLACES))
THEIR_EVIDENCE = EVIDENCE.replace("sharedSkills(", "sharedSkills: sharedSkillsWithEvidence(")

NESTED = """query Nested($after: String) { roles(first: 50, after: $after) { edges { node { name
    duties(first: 12) { edges { node { text skills(first: 12) { edges { node { name } } } } } } } } } }"""
THEIR_NESTED = """query Nested($after: String!) {
    roles(where: {name: {gt: $after}}, sort: [{name: ASC}], limit: 50) { name duties { text skills { name } } } }"""
THEIR_CONNECTIONS = """query Nested($after: String!) {
    rolesConnection(where: {name: {gt: $after}}, sort: [{name: ASC}], first: 50) { edges { node { name
    dutiesConnection { edges { node { text skillsConnection { edges { node { name } } } } } } } } } }"""

CURSORS = "query Cursors($after: String) { roles(first: 500, after: $after) { edges { cursor node { name } } } }"


def canonical(answer: Any) -> Any:
    """The answer without what is only form: lists in one order, connections as lists, numbers rounded."""
    match answer:
        case {"edges": edges}:
            return canonical([edge["node"] for edge in edges])
        case dict():
            return {key.removesuffix("Connection"): canonical(value) for key, value in answer.items()}
        case list():
            return sorted((canonical(entry) for entry in answer), key=repr)
        case float():
            return round(answer, 9)
    return answer


def names(answer: Any) -> int:
    """How many names and texts an answer holds."""
    match answer:
        case dict():
            return sum((key in ("name", "text")) + names(value) for key, value in answer.items())
        case list():
            return sum(map(names, answer))
    return 0
