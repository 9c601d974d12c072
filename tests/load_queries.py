"""What the clients of the load ask: each kind of read that the server makes, on roles that are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from api import keys
from benchmarks import wire

KEY = keys.new("load", "write")

_ANEW = 'load(id: "none") { id }'
"""Beside a question, it keeps the server from giving an answer that it has already. Only writers may ask it."""

SHARED = """query Shared($a: String!, $b: String!) { %s sharedSkills(a: $a, b: $b) { ... on SharedSkills {
    shared { skill { id name } a { share evidence { words origin } } b { share } } onlyA { skill { name } }
    related { skill { name } } measures { jaccard weightedJaccard } } } }"""
NESTED = """query Nested($a: String!) { %s roles(first: 10) { totalCount edges { node { name
    duties(first: 10) { edges { node { text skills(first: 10) { edges { node { name } } } } mentions { line } } } } } }
    role(by: {name: $a}) { ... on Role { id skills(first: 20) { edges { share node { name } } } } } }"""
PLANNED = """query Planned($a: String!, $b: String!) { %s skillProfile(role: $a) { __typename }
    similarRoles(role: $a, k: 5) { ... on SimilarRoles { roles { score role { name } } } }
    skillGap(start: {role: $a}, target: $b) { __typename } }"""
BROWSED = """query Browsed($a: String!) { %s find(text: $a) { name score } skills(first: 20) { edges { node { name } } }
    documents(first: 5) { edges { node { origin postings(first: 5) { edges { node { title } } } } } }
    stats { __typename } skill(by: {name: "没有这个技能"}) { ... on NotFound { nearest } } }"""


class Query(NamedTuple):
    text: str
    variables: dict[str, Any]


def mixed(roles: Sequence[str]) -> Iterator[Query]:
    """Without end: each kind of query on each pair of roles, in four of five cases to be answered anew."""
    number = 0
    while True:
        text = (SHARED, NESTED, PLANNED, BROWSED)[number % 4]
        a, b = (roles[number * step % len(roles)] for step in (1, 3))
        yield Query(text % (_ANEW if number % 5 else ""), {"a": a} | ({"b": b} if "$b" in text else {}))
        number += 1


def of(url: str, query: Query) -> bytes:
    """The bytes of a request."""
    headers = {"Accept": "application/graphql-response+json", "Authorization": f"Bearer {KEY.secret}"}
    return wire.post(url, query.text, query.variables, headers)
