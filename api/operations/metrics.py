"""What is counted and measured of requests, and of the graph and the processes when they are asked for it.

Where several processes answer on one port, the environment variable PROMETHEUS_MULTIPROC_DIR names a folder that they
share, and any of them tells the sum; prometheus_client looks for it when it is imported.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, MutableMapping
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

from api.operations.readiness import Asked
from graphmodel.errors import RolegraphError
from graphmodel.nodes import NODE_TYPES
from graphmodel.store import GraphStore

FOLDER = "PROMETHEUS_MULTIPROC_DIR"

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

ROUTES = {
    "/graphql": "graphql",
    "/sparql": "sparql",
    "/healthz": "operations",
    "/readyz": "operations",
    "/metrics": "operations",
}
"""What stands as `route`; an application of many paths says its own in the scope (`rolegraph.route`), and all others
are "other", since anybody may invent paths.
"""

CODE_LENGTH = 40

disable_created_metrics()  # type: ignore[no-untyped-call]  # a time beside each count, which nobody asks for


class Metrics:
    """The metrics of one application. `waiting` tells how many requests wait for a thread.

    `operations` are the names that may stand as such; others are "other", since anybody may invent names.
    """

    def __init__(
        self, store: GraphStore, waiting: Callable[[], int] | None = None, operations: Collection[str] = ()
    ) -> None:
        self._shared = os.environ.get(FOLDER)
        self._registry = CollectorRegistry()
        self._graph = _Graph(store)
        self._waiting_now = waiting
        self._operations = frozenset(operations)
        registry = None if self._shared else self._registry

        def counter(name: str, help: str, *labels: str) -> Counter:
            return Counter(f"rolegraph_{name}", help, labels, registry=registry)

        def gauge(name: str, help: str) -> Gauge:
            return Gauge(f"rolegraph_{name}", help, registry=registry, multiprocess_mode="livesum")

        self._requests = counter(
            "requests", "Requests answered. Status 0: the client had gone.", "route", "status", "outcome", "operation"
        )
        self._seconds = Histogram(
            "rolegraph_request_seconds", "How long they took.", ["route"], registry=registry, buckets=SECONDS
        )
        self._bytes = counter("response_bytes", "Bytes of the bodies of answers.")
        self._errors = counter("errors", "Errors told to clients, by code.", "code")
        self._reads = counter("store_reads", "Reads of the store.")
        self._cached = counter("cached_answers", "Answers that needed no read of the store.")
        self._running = gauge("requests_running", "Requests that are being answered.")
        self._waiting = gauge("requests_waiting", "Requests that wait for a thread.")
        if not self._shared:
            for each in self._collectors():
                self._registry.register(each)

    def begin(self) -> None:
        """A request has come."""
        self._running.inc()

    def end(self, scope: MutableMapping[str, Any], status: int, seconds: float, sent: int) -> None:
        """A request was answered: `sent` bytes in so many seconds. The scope is as in api.operations.requests."""
        self._running.dec()
        answer = scope.get("rolegraph.answer")
        route = ROUTES.get(scope["path"]) or scope.get("rolegraph.route", "other")
        refused = scope.get("rolegraph.refused")
        outcome = answer.outcome if answer else "refused" if refused else "other"
        operation = answer.operation if answer else ""
        if operation and operation not in self._operations:
            operation = "other"
        self._requests.labels(route, str(status), outcome, operation).inc()
        self._seconds.labels(route).observe(seconds)
        self._bytes.inc(sent)
        if answer:
            if answer.reads:
                self._reads.inc(answer.reads)
            if answer.cached:
                self._cached.inc()
        for code in answer.errors if answer else (refused,) if refused else ():
            self._errors.labels(code[:CODE_LENGTH]).inc()
        if self._waiting_now:
            self._waiting.set(self._waiting_now())

    def text(self) -> bytes:
        """All of it, in the text format of Prometheus. Waits no longer for the store than Asked does."""
        if not self._shared:
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=self._shared)  # type: ignore[no-untyped-call]
        for each in self._collectors():
            registry.register(each)
        return generate_latest(registry)

    def _collectors(self) -> list[Collector]:
        return [self._graph, _Processes(self._shared)]


class _Graph(Collector):
    """The store: whether it answers, its revision, how many nodes of each kind it has."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._asked = Asked(store.url, self._count)
        self._known: tuple[str, int, dict[str, int]] = ("", 0, {})

    def collect(self) -> Iterator[Metric]:
        try:
            revision, nodes = self._asked.answer()
        except RolegraphError:
            yield _gauge("store_up", "Whether the store answers.", 0)
            return
        yield _gauge("store_up", "Whether the store answers.", 1)
        yield _gauge("graph_revision", "The revision of the graph.", revision)
        counts = GaugeMetricFamily("rolegraph_graph_nodes", "Nodes of the graph, by kind.", labels=["kind"])
        for kind, count in nodes.items():
            counts.add_metric([kind], count)
        yield counts

    def describe(self) -> Iterator[Metric]:
        return iter(())

    def _count(self) -> tuple[int, dict[str, int]]:
        with self._store.reading() as view:
            state, known = view.state(), self._known
            if state != known[0]:
                known = (state, view.revision(), {kind: view.count(kind) for kind in NODE_TYPES})
                self._known = known
        return known[1:]


class _Processes(Collector):
    """Memory, processor time, files and start of each process that answers, on Linux; and the version."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder

    def collect(self) -> Iterator[Metric]:
        info = GaugeMetricFamily("rolegraph_info", "The version that runs.", labels=["version"])
        info.add_metric([version("rolegraph")], 1)
        yield info
        found: dict[str, Metric] = {}
        for pid in self._pids():
            for metric in ProcessCollector(pid=partial(int, pid), registry=None).collect():
                whole = found.setdefault(metric.name, Metric(metric.name, metric.documentation, metric.type))
                whole.samples += [Sample(each.name, {"pid": str(pid)}, each.value) for each in metric.samples]
        yield from found.values()

    def describe(self) -> Iterator[Metric]:
        return iter(())

    def _pids(self) -> list[int]:
        """Those that have a gauge of their own in the folder, which goes when they do."""
        if not self._folder:
            return [os.getpid()]
        return sorted({int(path.stem.rpartition("_")[2]) for path in Path(self._folder).glob("gauge_live*.db")})


def _gauge(name: str, help: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"rolegraph_{name}", help, value=value)
