"""The web application: GraphQL on a store, and whether it is alive and ready."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route, WebSocketRoute

from api.graphql.engine import Engine
from api.graphql.limits import DEFAULT_LIMITS, Limits
from api.keys import Key, can_write
from api.loads import Loads
from api.operations.routes import operate
from api.operations.tracing import Tracing
from api.pages import built, planners
from api.pages.graphiql import showing
from api.rdf.routes import LinkedData
from api.sparql.answers import DEFAULT_BOUNDS as DEFAULT_SPARQL
from api.sparql.answers import Bounds as SparqlBounds
from api.sparql.endpoint import SparqlEndpoint
from api.transport.callers import callers
from api.transport.endpoint import DEFAULT_BOUNDS, PREFLIGHTED, Bounds, Endpoint
from api.transport.websocket import Socket
from graphmodel.store import GraphStore, open_store

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""Names that always do: probes on the same machine use them, and no page of another site can."""

LEAVING_SECONDS = 3.0
"""For a load that is running when the application ends."""

_NAME = re.compile(r"\b(?:query|mutation)\s+(\w+)")


def create_app(
    store: GraphStore | str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    bounds: Bounds = DEFAULT_BOUNDS,
    keys: Sequence[Key] = (),
    loads_of: Callable[[GraphStore], Loads] = Loads,
    origins: Sequence[str] = (),
    page: bool = True,
    graphiql: bool = True,
    introspection: bool = True,
    base_iri: str | None = None,
    trusted: Mapping[str, str] | None = None,
    hosts: Sequence[str] = (),
    metrics: bool = True,
    tracing: Tracing | None = None,
    sparql: SparqlBounds | None = DEFAULT_SPARQL,
    linked_data: bool = True,
) -> FastAPI:
    """The application on a store, or on the URL of one, which is then opened here and closed with the application.

    `/graphql` answers GraphQL (and shows GraphiQL in a browser, unless `graphiql` is false) to pages of its own site
    and of `origins`, called by any name or by those of `hosts`, and to anybody or to those with one of `keys`;
    `/sparql` answers SPARQL within the bounds of `sparql`, unless these are None or only trusted queries are answered;
    /id, /export, /ontology and their like give the graph as RDF, unless `linked_data` is false or likewise;
    / and the addresses of its views show the planners' page, unless `page` is false;
    `/healthz` says that the process lives, `/readyz` whether the store answers, and /metrics what was measured, unless
    `metrics` is false. If there are any `trusted` queries, by their SHA-256, only they and those of the
    planners' page are answered; IRIs of nodes begin with `base_iri`. Documents are loaded, by what `loads_of` makes,
    where a key may write; else the store is opened for reading. Raises what open_store raises.
    """
    writes = can_write(keys)
    opened = open_store(store, read_only=not writes) if isinstance(store, str) else store
    loads = loads_of(opened) if writes else None
    if tracing:
        opened = tracing.store(opened)
    if trusted is not None and page:
        trusted = {**planners.documents(), **trusted}
    engine = Engine(opened, limits, loads=loads, base_iri=base_iri, introspection=introspection, trusted=trusted)
    endpoint = Endpoint(engine, bounds, keys=keys, page=showing("/graphql") if graphiql else None)
    queries = (
        SparqlEndpoint(opened, base_iri=base_iri, bounds=sparql, transport=bounds, keys=keys)
        if sparql and not trusted
        else None
    )
    data = None
    if linked_data and not trusted:
        data = LinkedData(opened, endpoint.workers, base=base_iri, keys=keys, sparql=queries is not None)
    socket = Socket(engine, loads, endpoint.workers, callers(keys), origins)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        if data:
            data.close()
        endpoint.close()
        if queries:
            queries.close()
        if loads:
            loads.close(LEAVING_SECONDS)
        if isinstance(store, str):
            opened.close()

    app = FastAPI(title="rolegraph", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.router.routes += [Route("/graphql", endpoint), WebSocketRoute("/graphql", socket)]
    if queries:
        app.router.routes.append(Route("/sparql", queries))
    if data:
        app.router.routes += data.routes
    if page:
        planners.mount(app)
    if page or graphiql:
        built.mount(app)
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=("GET", "POST"),
            allow_headers=("authorization", "content-type", "if-none-match", *PREFLIGHTED),
            expose_headers=("etag", "link", "location", "retry-after", "x-request-id"),
            max_age=86_400,
        )
    if hosts:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*hosts, *LOCAL_HOSTS])
    named = [name for text in (trusted or {}).values() for name in _NAME.findall(text)]
    operate(app, opened, metrics=metrics, tracing=tracing, waiting=lambda: endpoint.workers.waiting, operations=named)
    return app
