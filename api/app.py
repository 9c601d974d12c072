"""The web application: GraphQL on a store, and whether it is alive and ready."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from secrets import token_hex
from typing import Any

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from graphql import GraphQLError
from strawberry.fastapi import GraphQLRouter
from strawberry.types import ExecutionResult

from api.asking import ask
from api.graphql.context import Operation
from api.graphql.limits import DEFAULT_LIMITS, Limits
from api.graphql.schema import make_schema
from graphmodel.errors import RolegraphError, StoreBusy
from graphmodel.store import GraphStore, View, open_store

_log = logging.getLogger("rolegraph.api")


def create_app(store: GraphStore | str, *, limits: Limits = DEFAULT_LIMITS, graphiql: bool = True) -> FastAPI:
    """The application on a store, or on the URL of one, which is then opened here and closed with the application.

    `/graphql` answers GraphQL (and shows GraphiQL in a browser, unless `graphiql` is false), `/healthz` says that the
    process lives, `/readyz` whether the store answers. Raises what open_store raises.
    """
    opened = open_store(store, read_only=True) if isinstance(store, str) else store

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        if isinstance(store, str):
            opened.close()

    app = FastAPI(title="rolegraph", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(_Router(opened, limits, graphiql), prefix="/graphql")

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    def readyz() -> JSONResponse:
        try:
            return JSONResponse({"status": "ready", "revision": opened.revision()})
        except RolegraphError as error:
            told = {"status": "unavailable", "problem": error.problem, "remedy": error.remedy}
            return JSONResponse(told, status_code=503)

    return app


class _Router(GraphQLRouter[Any, None]):
    """Answers each operation on one worker thread, with one view of the store and an event loop of its own.

    The store is synchronous, and a connection belongs to a thread; so the resolvers may call it directly.
    """

    def __init__(self, store: GraphStore, limits: Limits, graphiql: bool) -> None:
        super().__init__(make_schema(limits), graphql_ide="graphiql" if graphiql else None, subscription_protocols=())
        self._store = store
        self._limits = limits

    async def execute_single(self, *args: Any, **named: Any) -> ExecutionResult:
        execute = super().execute_single

        def answer(view: View) -> ExecutionResult:
            context = Operation(view, self._limits)
            result: ExecutionResult = asyncio.run(execute(*args, **{**named, "context": context}))
            for error in result.errors or ():
                if isinstance(error.original_error, StoreBusy):
                    raise error.original_error
            return result

        try:
            result = await run_in_threadpool(ask, self._store, answer)
        except RolegraphError as error:
            named["sub_response"].status_code = 503
            result = ExecutionResult(data=None, errors=[GraphQLError(error.problem, original_error=error)])
        if result.errors:
            result.errors = [_told(error) for error in result.errors]
        return result

    def encode_json(self, data: object) -> str:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _told(error: GraphQLError) -> GraphQLError:
    """The error as the client may see it: what is not ours to explain is logged, and told by its number in the log."""
    cause = error.original_error
    if cause is None or isinstance(cause, GraphQLError):
        return error
    if isinstance(cause, RolegraphError):
        code = re.sub(r"(?<!^)(?=[A-Z])", "_", type(cause).__name__).upper()
        message, extensions = str(cause), {"code": code, "remedy": cause.remedy}
    else:
        number = token_hex(4)
        _log.error("Error %s at %s", number, error.path, exc_info=cause)
        message, extensions = f"Internal error {number}.", {"code": "INTERNAL"}
    return GraphQLError(message, error.nodes, error.source, error.positions, error.path, extensions=extensions)
