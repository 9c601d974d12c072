"""What an operator asks of a running server, and the middleware around all of it."""

from __future__ import annotations

from collections.abc import Callable, Collection

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.operations.readiness import Asked
from api.operations.requests import Observed
from api.operations.tracing import Tracing
from graphmodel.errors import RolegraphError
from graphmodel.store import GraphStore

_FRESH = {"cache-control": "no-store"}


def operate(
    app: Starlette,
    store: GraphStore,
    *,
    metrics: bool = True,
    tracing: Tracing | None = None,
    waiting: Callable[[], int] | None = None,
    operations: Collection[str] = (),
) -> None:
    """Adds to an application, after all its other middleware: /healthz (the process lives), /readyz (the store can be
    used), /metrics unless it is switched off, and what api.operations.requests does around every request.

    `waiting` tells how many requests wait for a thread; `operations` are the names of operations that the metrics
    tell apart.
    """

    def use() -> int:
        store.check()
        return store.revision()

    usable = Asked(store.url, use)

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=_FRESH)

    def readyz(request: Request) -> Response:
        try:
            return JSONResponse({"status": "ready", "revision": usable.answer()}, headers=_FRESH)
        except RolegraphError as error:
            told = {"status": "unavailable", "problem": error.problem, "remedy": error.remedy}
            return JSONResponse(told, status_code=503, headers=_FRESH)

    app.add_route("/healthz", healthz, include_in_schema=False)
    app.add_route("/readyz", readyz, include_in_schema=False)
    counted = None
    if metrics:
        from api.operations.metrics import CONTENT_TYPE, Metrics

        counted = Metrics(store, waiting, operations)

        def measured(request: Request) -> Response:
            return Response(counted.text(), headers={**_FRESH, "content-type": CONTENT_TYPE})

        app.add_route("/metrics", measured, include_in_schema=False)
    app.add_middleware(Observed, metrics=counted, tracing=tracing)
