"""OpenTelemetry: a span a request, and below it one a read of the store. Needs the extra `otel`; never without it.

Where spans go is said by OpenTelemetry's own environment variables (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME,
OTEL_TRACES_SAMPLER, ...).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from graphmodel.errors import BadInput
from graphmodel.store import GraphStore, View

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

_READS = frozenset(name for name in vars(View) if not name.startswith("_"))


def wanted(setting: bool | None) -> bool:
    """Whether spans are to be made: as the setting says, or else if OpenTelemetry was told where to send them."""
    endpoints = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    return any(os.environ.get(name) for name in endpoints) if setting is None else setting


def exporting() -> Tracing:
    """Spans go to the collector that the environment names. Raises BadInput without the extra."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise BadInput(
            f"Traces are asked for, and OpenTelemetry is not installed ({error.name} is missing).",
            "pip install 'rolegraph[otel]', or unset ROLEGRAPH_OTEL and OTEL_EXPORTER_OTLP_ENDPOINT.",
        ) from error
    named = {} if os.environ.get("OTEL_SERVICE_NAME") else {"service.name": "rolegraph"}
    provider = TracerProvider(resource=Resource.create(named))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Tracing(provider.get_tracer("rolegraph"), provider.shutdown)


class Tracing:
    """Makes spans; `close` sends those that wait."""

    def __init__(self, tracer: Tracer, close: Callable[[], None] = lambda: None) -> None:
        self._tracer = tracer
        self.close = close

    @contextmanager
    def request(self, scope: MutableMapping[str, Any]) -> Iterator[RequestSpan]:
        """The span of an HTTP request, below the one of the caller (`traceparent`)."""
        from opentelemetry.propagate import extract
        from opentelemetry.trace import SpanKind

        sent = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        known = {"http.request.method": scope["method"], "url.path": scope["path"], "url.scheme": scope["scheme"]}
        name = f"{scope['method']} {scope['path']}" if scope["path"] == "/graphql" else scope["method"]
        with self._tracer.start_as_current_span(
            name, context=extract(sent), kind=SpanKind.SERVER, attributes=known, record_exception=False
        ) as span:
            yield RequestSpan(span)

    def store(self, store: GraphStore) -> GraphStore:
        """The same store; its views make a span for each read."""
        return cast(GraphStore, _TracedStore(store, self._tracer))


class RequestSpan(NamedTuple):
    span: Span

    def end(self, scope: MutableMapping[str, Any], status: int) -> None:
        """What is known when the answer was sent; the scope is as in api.operations.requests."""
        from opentelemetry.trace import StatusCode

        known: dict[str, Any] = {"http.response.status_code": status}
        if answer := scope.get("rolegraph.answer"):
            known |= {
                "graphql.operation.name": answer.operation,
                "rolegraph.outcome": answer.outcome,
                "rolegraph.cost": answer.cost,
                "rolegraph.reads": answer.reads,
                "rolegraph.cached": answer.cached,
            }
        self.span.set_attributes(known)
        if status >= 500:
            self.span.set_status(StatusCode.ERROR)


class _TracedStore:
    def __init__(self, store: GraphStore, tracer: Tracer) -> None:
        self._store = store
        self._tracer = tracer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def reading(self) -> Iterator[View]:
        with self._store.reading() as view:
            yield cast(View, _TracedView(view, self._tracer))


class _TracedView:
    def __init__(self, view: View, tracer: Tracer) -> None:
        self._view = view
        self._tracer = tracer

    def __getattr__(self, name: str) -> Any:
        read = getattr(self._view, name)
        if name not in _READS:
            return read
        tracer = self._tracer

        def traced(*arguments: Any, **named: Any) -> Any:
            known = {"db.operation.name": name}
            if arguments and isinstance(arguments[0], str) and name in ("nodes", "count", "edges"):
                known["db.collection.name"] = arguments[0]
            span = tracer.start_as_current_span(f"store {name}", attributes=known)
            with span:
                found = read(*arguments, **named)
                # What is given one by one is read within the span, too; the questions take all of it in any case.
                return iter(list(found)) if isinstance(found, Iterator) else found

        return traced
