"""The web application: GraphQL on a store, and whether it is alive and ready."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from api import graphiql_page
from api.graphql.engine import Engine
from api.graphql.limits import DEFAULT_LIMITS, Limits
from api.keys import Key
from api.operations.routes import operate
from api.operations.tracing import Tracing
from api.transport.endpoint import DEFAULT_BOUNDS, PREFLIGHTED, Bounds, Endpoint
from graphmodel.store import GraphStore, open_store


def create_app(
    store: GraphStore | str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    bounds: Bounds = DEFAULT_BOUNDS,
    keys: Sequence[Key] = (),
    origins: Sequence[str] = (),
    graphiql: bool = True,
    introspection: bool = True,
    hosts: Sequence[str] = (),
    metrics: bool = True,
    tracing: Tracing | None = None,
) -> FastAPI:
    """The application on a store, or on the URL of one, which is then opened here and closed with the application.

    `/graphql` answers GraphQL (and shows GraphiQL in a browser, unless `graphiql` is false) to pages of its own site
    and of `origins`, called by any name or by those of `hosts`, and to anybody or to those with one of `keys`;
    `/healthz` says that the process lives, `/readyz` whether the store answers, and /metrics what was measured, unless
    `metrics` is false. Raises what open_store raises.
    """
    opened = open_store(store, read_only=True) if isinstance(store, str) else store
    if tracing:
        opened = tracing.store(opened)
    page = graphiql_page.showing("/graphql", None) if graphiql else None
    endpoint = Endpoint(Engine(opened, limits, introspection=introspection), bounds, keys=keys, page=page)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        endpoint.close()
        if isinstance(store, str):
            opened.close()

    app = FastAPI(title="rolegraph", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.router.routes.append(Route("/graphql", endpoint))
    if graphiql:
        graphiql_page.mount(app)
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=("GET", "POST"),
            allow_headers=("authorization", "content-type", "if-none-match", *PREFLIGHTED),
            expose_headers=("etag", "retry-after", "x-request-id"),
            max_age=86_400,
        )
    if hosts:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    operate(app, opened, metrics=metrics, tracing=tracing, waiting=lambda: endpoint.workers.waiting)
    return app
