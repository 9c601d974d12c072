"""Which skills two roles share, asked of a rolegraph server with gql.

python shared_skills.py URL A B, as in: python shared_skills.py http://127.0.0.1:8000/graphql 运营策划 数据分析
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from gql import Client, gql
from gql.transport.exceptions import TransportError
from gql.transport.httpx import HTTPXTransport

HERE = Path(__file__).parent
SCHEMA = HERE.parent.parent / "api" / "schema.graphql"

Json = dict[str, Any]


def ask(url: str, a: str, b: str) -> Json:
    """The `sharedSkills` of two roles. The query is held against the schema before it is sent.

    Raises TransportError or httpx.HTTPError where the server does not answer.
    """
    key = os.environ.get("ROLEGRAPH_API_KEY")
    transport = HTTPXTransport(url=url, headers={"Authorization": f"Bearer {key}"} if key else {}, timeout=30)
    query = gql((HERE / "shared_skills.graphql").read_text(encoding="utf-8"))
    query.variable_values = {"a": a, "b": b}
    with Client(transport=transport, schema=SCHEMA.read_text(encoding="utf-8")) as session:
        answer: Json = session.execute(query)["sharedSkills"]
    return answer


def table(answer: Json) -> Iterator[str]:
    """The lines of a SharedSkills."""
    a, b = answer["a"]["name"], answer["b"]["name"]
    yield f"共有 shared ({len(answer['shared'])})"
    for both in answer["shared"]:
        yield f"  {both['skill']['name']}"
        yield from evidence(a, both["a"]["evidence"])
        yield from evidence(b, both["b"]["evidence"])
    for of, skills in ((a, answer["onlyA"]), (b, answer["onlyB"])):
        yield f"只有 only {of} ({len(skills)})"
        for one in skills:
            yield f"  {one['skill']['name']}"
            yield from evidence(of, one["evidence"])
    yield f"相近 related ({len(answer['related'])})"
    for meeting in answer["related"]:
        yield f"  → {meeting['skill']['name']}"
        for pair in meeting["pairs"]:
            yield f"   {pair['a']['skill']['name']} ~ {pair['b']['skill']['name']}"
            yield from evidence(a, pair["a"]["evidence"])
            yield from evidence(b, pair["b"]["evidence"])


def evidence(of: str, places: list[Json]) -> Iterator[str]:
    """The words that ask for a skill, marked in their sentence, with document and line."""
    for place in places:
        words = f"{place['before']}【{place['words']}】{place['after']}"
        yield f"    {of}: {words}  {place['origin']}:{place['line']}"


def main(arguments: list[str]) -> int:
    """0: answered; 1: a name means nothing, or too much; 2: wrong usage; 3: no answer."""
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        answer = ask(*arguments)
    except (TransportError, httpx.HTTPError) as error:
        print(error, file=sys.stderr)
        return 3
    match answer["__typename"]:
        case "SharedSkills":
            print("\n".join(table(answer)))
            return 0
        case "NotFound":
            print(f"没有 not found: {answer['name']}; 最接近 nearest: {'、'.join(answer['nearest'])}", file=sys.stderr)
        case "Ambiguous":
            print(f"不止一个 ambiguous: {answer['name']}", file=sys.stderr)
            for choice in answer["choices"]:
                print(f"  {choice['name']}  {choice['id']}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
