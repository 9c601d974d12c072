"""The floor that any server of these questions stands on: a bare Starlette route with JSON written by hand.

Asked of graphmodel and nothing else, so that what GraphQL adds can be seen. The app reads ROLEGRAPH_STORE:
`uvicorn --factory benchmarks.floor:app`.
"""

from __future__ import annotations

import json
import os
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel.questions.needs import Needed
from graphmodel.questions.overlap import shared_skills
from graphmodel.store import GraphStore, open_store

PAGE = 50


def app() -> Starlette:
    store = open_store(os.environ["ROLEGRAPH_STORE"], read_only=True)

    async def overlap(request: Request) -> Response:
        asked = (await request.json())["variables"]
        return _json(await run_in_threadpool(shared, store, asked["a"], asked["b"]))

    async def pages(request: Request) -> Response:
        asked = (await request.json())["variables"]
        return _json(await run_in_threadpool(nested, store, asked["after"]))

    return Starlette(
        routes=[Route("/shared", overlap, methods=["POST"]), Route("/nested", pages, methods=["POST"])],
    )


def shared(store: GraphStore, a: str, b: str) -> dict[str, Any]:
    """The skills of two roles, by their names."""
    with store.reading() as view:
        found = shared_skills(view, a, b, evidence=0)
    measures = found.measures
    return {
        "shared": [{"skill": {"id": one.skill.id, "name": one.skill.name}} for one in found.shared],
        "onlyA": _skills(found.only_a),
        "onlyB": _skills(found.only_b),
        "measures": {
            "jaccard": measures.jaccard,
            "coverageA": measures.coverage_a,
            "coverageB": measures.coverage_b,
        },
    }


def _skills(needed: tuple[Needed, ...]) -> list[dict[str, Any]]:
    return [{"skill": {"id": one.skill.id, "name": one.skill.name}} for one in needed]


def nested(store: GraphStore, after: str) -> list[dict[str, Any]]:
    """The 50 roles after a name, with their duties and the skills of these."""
    with store.reading() as view:
        roles = view.nodes("role", order="name", after=(after, "\U0010ffff"), limit=PAGE)
        listed = list(view.edges("HAS_DUTY", sources=[role.id for role in roles]))
        duties = {duty.id: duty for duty in view.nodes("duty", {edge.target for edge in listed})}
        asked = list(view.edges("REQUIRES", sources=list(duties)))
        skills = {skill.id: skill.name for skill in view.nodes("skill", {edge.target for edge in asked})}
    of_duty: dict[str, list[dict[str, str]]] = {id: [] for id in duties}
    of_role: dict[str, list[dict[str, Any]]] = {role.id: [] for role in roles}
    for edge in asked:
        of_duty[edge.source].append({"name": skills[edge.target]})
    for edge in listed:
        of_role[edge.source].append({"text": duties[edge.target].text, "skills": of_duty[edge.target]})
    return [{"name": role.name, "duties": of_role[role.id]} for role in roles]


def _json(data: Any) -> Response:
    body = json.dumps({"data": data}, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, media_type="application/json")
