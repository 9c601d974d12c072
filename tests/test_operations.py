"""What an operator sees of the server: probes, metrics, the log, request ids, spans."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import logging
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families
from small import stored

from api.app import create_app
from api.operations import logs, tracing
from api.operations.readiness import Asked
from api.operations.requests import Observed
from api.transport.endpoint import Bounds
from graphmodel.errors import StoreUnreachable
from graphmodel.store import GraphStore, open_store

QUERY = 'query Shared { sharedSkills(a: "策划", b: "数据") { __typename } }'


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[GraphStore]:
    with stored("sqlite", tmp_path) as store:
        yield store


def ask(app: Any, method: str, path: str, **arguments: Any) -> httpx.Response:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **arguments)

    return asyncio.run(asked())


def graphql(app: Any, query: str = QUERY, **arguments: Any) -> httpx.Response:
    return ask(app, "POST", "/graphql", json={"query": query}, **arguments)


def measured(app: Any) -> dict[str, dict[tuple[tuple[str, str], ...], float]]:
    """The samples by name and labels, as Prometheus reads them."""
    answer = ask(app, "GET", "/metrics")
    assert answer.status_code == 200
    found: dict[str, dict[tuple[tuple[str, str], ...], float]] = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


@contextmanager
def logged(form: logs.Form = "json") -> Iterator[Callable[[], list[Any]]]:
    """What the log says, when it is asked for after the block or in it."""
    stream = io.BytesIO()
    lines = logs.setup(form, stream)

    def said() -> list[Any]:
        lines.close()
        text = stream.getvalue().decode()
        return [json.loads(line) for line in text.splitlines()] if form == "json" else text.splitlines()

    try:
        yield said
    finally:
        lines.close()
        logging.getLogger(logs.REQUESTS).disabled = False


def test_the_probes_say_that_process_and_store_are_well(graph):
    app = create_app(graph)
    assert ask(app, "GET", "/healthz").json() == {"status": "ok"}
    ready = ask(app, "GET", "/readyz")
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "revision": graph.revision()})


def test_a_file_that_is_gone_or_another_s_is_told_and_used_again_when_it_is_back(tmp_path):
    with stored("sqlite", tmp_path):
        pass
    file, aside = tmp_path / "graph.db", tmp_path / "aside.db"
    with closing(open_store(f"sqlite:///{file}", read_only=True)) as store:
        app = create_app(store)
        assert graphql(app).json()["data"]

        file.rename(aside)
        gone = graphql(app)
        assert (gone.status_code, gone.json()["errors"][0]["extensions"]["code"]) == (503, "STORE_UNREACHABLE")
        ready = ask(create_app(store), "GET", "/readyz")
        assert ready.status_code == 503
        assert "not there" in ready.json()["problem"]
        assert ready.json()["remedy"]

        file.write_bytes(b"something else, and certainly no graph of ours" * 100)
        refused = graphql(app)
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (503, "STORE_REFUSED")
        assert ask(create_app(store), "GET", "/readyz").status_code == 503

        aside.rename(file)
        assert graphql(app).json()["data"]
        assert ask(create_app(store), "GET", "/readyz").status_code == 200


def test_another_graph_in_place_of_the_file_is_the_one_that_answers(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        with stored("sqlite", tmp_path / name) as store:
            store.forget(["c/店员.txt"] if name == "new" else ["a/策划1.txt", "a/策划2.txt"])
            revision, postings = store.revision(), store.count("posting")
    old = tmp_path / "old" / "graph.db"
    with closing(open_store(f"sqlite:///{old}", read_only=True)) as store:
        assert store.revision() == revision
        assert store.count("posting") != postings
        os.replace(tmp_path / "new" / "graph.db", old)
        assert store.count("posting") == postings, "counts of one graph are not those of another with its revision"


def test_no_more_of_the_file_is_open_than_threads_ask_and_nothing_at_the_end(graph):
    app = create_app(graph, bounds=Bounds(threads=3))

    async def many() -> set[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            queries = [{"query": QUERY.replace("{ __typename", f"{{ n{n}: __typename")} for n in range(40)]
            answers = await asyncio.gather(*(client.post("/graphql", json=query) for query in queries))
        return {answer.status_code for answer in answers}

    def opened() -> int:
        name = Path(graph.url.removeprefix("sqlite:///")).name
        return sum(Path(each.path).name == name for each in psutil.Process().open_files())

    assert asyncio.run(many()) == {200}
    assert 1 <= opened() <= 3 + 1, "one a thread, and one of the loop's own"
    graph.close()
    assert opened() == 0


def test_a_store_that_hangs_keeps_nobody_waiting(graph):
    hangs = threading.Event()

    class Hanging:
        url = graph.url

        def check(self) -> None:
            hangs.wait(30)

        def __getattr__(self, name: str) -> Any:
            return getattr(graph, name)

    app = create_app(Hanging())
    start = time.monotonic()
    ready = ask(app, "GET", "/readyz")
    assert time.monotonic() - start < 2
    assert ready.status_code == 503
    assert "did not answer" in ready.json()["problem"]
    hangs.set()
    assert ask(app, "GET", "/readyz").status_code == 200, "as soon as it answers"


def test_a_probe_is_asked_once_a_second_however_many_ask():
    asked = []
    probe = Asked("store", lambda: asked.append(1))
    for _ in range(50):
        probe.answer()
    assert len(asked) == 1


def test_a_probe_tells_the_error_of_the_store():
    def fails() -> None:
        raise StoreUnreachable("it burns", "call the fire brigade")

    with pytest.raises(StoreUnreachable, match="it burns"):
        Asked("store", fails).answer()


def test_requests_are_counted_by_what_became_of_them(graph):
    app = create_app(graph)
    graphql(app)
    graphql(app)
    graphql(app, "{ nonsense }")
    ask(app, "GET", "/nowhere")
    ask(app, "PATCH", "/graphql")
    found = measured(app)

    def requests(**labels: str) -> float:
        wanted = labels.items()
        return sum(n for key, n in found["rolegraph_requests_total"].items() if wanted <= dict(key).items())

    assert requests(route="graphql", outcome="answered", status="200", operation="other") == 2
    assert requests(route="graphql", outcome="refused") == 2
    assert requests(route="other", status="404") == 1
    assert found["rolegraph_request_seconds_count"][(("route", "graphql"),)] == 4
    assert found["rolegraph_store_reads_total"][()] > 0
    assert found["rolegraph_cached_answers_total"][()] == 1
    assert {key[0][1]: n for key, n in found["rolegraph_errors_total"].items()} == {
        "BAD_REQUEST": 1,
        "METHOD_NOT_ALLOWED": 1,
    }
    assert found["rolegraph_requests_running"][()] == 1, "this one"
    assert found["rolegraph_requests_waiting"][()] == 0
    assert found["rolegraph_response_bytes_total"][()] > 0
    assert found["rolegraph_graph_nodes"][(("kind", "role"),)] == graph.count("role")
    assert found["rolegraph_graph_revision"][()] == graph.revision()
    assert found["rolegraph_store_up"][()] == 1
    if sys.platform == "linux":
        assert found["process_resident_memory_bytes"][(("pid", str(os.getpid())),)] > 1e6


def test_names_that_anybody_may_invent_make_no_series(graph):
    app = create_app(graph)
    for n in range(5):
        graphql(app, QUERY.replace("Shared", f"Invented{n}"))
        ask(app, "GET", f"/invented/{n}")
    text = ask(app, "GET", "/metrics").text
    assert "nvented" not in text


def test_operations_of_trusted_documents_are_told_apart(graph):
    app = create_app(graph, trusted={hashlib.sha256(QUERY.encode()).hexdigest(): QUERY})
    graphql(app)
    assert 'operation="Shared"' in ask(app, "GET", "/metrics").text


def test_metrics_can_be_switched_off_and_outlive_the_store(tmp_path):
    with stored("sqlite", tmp_path) as store:
        assert ask(create_app(store, metrics=False), "GET", "/metrics").status_code == 404
        app = create_app(store)
    found = measured(app)
    assert found["rolegraph_store_up"][()] == 0
    assert "rolegraph_graph_nodes" not in found


def test_a_request_is_one_line_of_json_without_what_it_asks(graph):
    with logged() as said:
        answer = graphql(create_app(graph), headers={"X-Request-ID": "abc-1.2_3"})
        (line,) = said()
    assert answer.headers["x-request-id"] == line["request_id"] == "abc-1.2_3"
    assert (line["level"], line["method"], line["path"], line["status"]) == ("info", "POST", "/graphql", 200)
    assert (line["outcome"], line["operation"], line["cached"]) == ("answered", "Shared", False)
    assert line["client"] == "127.0.0.1"
    assert line["bytes"] == len(answer.content)
    assert line["ms"] > 0
    assert line["reads"] > 0
    assert line["cost"] > 0
    assert re.fullmatch(r"[0-9a-f]{16,64}", line["document"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["time"])
    assert "策划" not in json.dumps(line, ensure_ascii=False)


@pytest.mark.parametrize("sent", ["", "a" * 65, "with space", "líne", "a\tb"])
def test_a_request_id_that_could_harm_a_log_is_replaced(graph, sent):
    answer = graphql(create_app(graph), headers={b"X-Request-ID": sent.encode()})
    assert re.fullmatch("[0-9a-f]{16}", answer.headers["x-request-id"])


def test_what_is_refused_is_a_warning_with_its_reason(graph):
    with logged() as said:
        app = create_app(graph)
        graphql(app, "{ nonsense }")
        ask(app, "POST", "/graphql", content=b"[1]", headers={"content-type": "application/json"})
        ask(app, "PATCH", "/graphql")
        lines = said()
    reasons = [line.get("errors") or line.get("refused") for line in lines]
    assert reasons == ["BAD_REQUEST", "BATCH_REFUSED", "METHOD_NOT_ALLOWED"]


def test_paths_and_names_cannot_forge_a_line(graph):
    with logged("text") as said:
        ask(create_app(graph), "GET", "/a%0A12:00:00,000 info forged%C2%9B31m%E2%80%AE")
        (line,) = said()
    assert r"\n" in line
    assert r"\u009b31m\u202e" in line


def test_probes_make_no_lines_unless_they_fail(graph):
    with logged() as said:
        app = create_app(graph)
        ask(app, "GET", "/healthz")
        ask(app, "GET", "/readyz")
        ask(app, "GET", "/metrics")
        assert said() == []
    graph.close()
    with logged() as said:
        ask(create_app(graph), "GET", "/readyz")
        assert [line["status"] for line in said()] == [503]


def test_the_log_can_be_switched_off_but_for_what_goes_wrong(graph):
    with logged("off") as said:
        graphql(create_app(graph))
        logging.getLogger("rolegraph.api").error("the roof burns")
        (line,) = said()
    assert "the roof burns" in line


async def _broken(scope: Any, receive: Any, send: Any) -> None:
    if scope["path"] == "/half":
        await send({"type": "http.response.start", "status": 200, "headers": []})
    raise ValueError("a secret")


def test_a_fault_of_ours_is_told_by_the_number_that_stands_in_the_log():
    with logged() as said:
        answer = ask(Observed(_broken), "GET", "/", headers={"X-Request-ID": "seven"})
        error, line = said()
    number = re.fullmatch(r"Internal error (\w+)\.", answer.json()["errors"][0]["message"])
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert number
    assert number[1] in error["message"]
    assert error["request_id"] == "seven"
    assert "ValueError: a secret" in error["exception"]
    assert (line["level"], line["refused"], line["request_id"]) == ("error", "INTERNAL", "seven")


def test_a_fault_after_the_answer_began_breaks_it_off():
    with logged() as said, pytest.raises(ValueError, match="secret"):
        asyncio.run(Observed(_broken)(_scope("/half"), _nothing, _taken))
    assert said


def test_what_is_logged_on_worker_threads_carries_the_request(graph, monkeypatch):
    monkeypatch.setattr("api.graphql.engine.Engine.answer", lambda *_, **__: 1 / 0)
    with logged() as said:
        answer = graphql(create_app(graph), headers={"X-Request-ID": "eight"})
        error, *_ = said()
    assert answer.status_code == 500
    assert error["request_id"] == "eight"
    assert "ZeroDivisionError" in error["exception"]


def test_nobody_waits_for_a_reader_of_the_log(monkeypatch):
    monkeypatch.setattr(logs, "WAITING", 10)
    read, write = os.pipe()
    drain = threading.Thread(target=lambda: list(iter(lambda: os.read(read, 65536), b"")))
    with os.fdopen(write, "wb", buffering=0) as stream:
        lines = logs.setup("text", stream)
        log = logging.getLogger(logs.REQUESTS)
        start = time.monotonic()
        for _ in range(40):
            log.info("x" * 10_000)
            time.sleep(0.01)
        assert time.monotonic() - start < 2, "a pipe takes 64 kB, and these are 400"
        drain.start()
        lines.close()
    drain.join()
    os.close(read)


def test_answers_are_not_guessed_at(graph):
    for path in ("/graphql?query={__typename}", "/healthz", "/nowhere"):
        headers = ask(create_app(graph), "GET", path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


def test_the_server_answers_to_its_names_only(graph):
    app = create_app(graph, hosts=["api.example.org"])
    assert ask(app, "GET", "/healthz").status_code == 400
    for host in ("api.example.org", "127.0.0.1:8000", "localhost", "[::1]:8000"):  # the image asks itself
        assert ask(app, "GET", "/healthz", headers={"Host": host}).status_code == 200


def test_spans_stand_below_the_caller_s_and_above_the_reads(graph):
    memory = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(memory))
    app = create_app(graph, tracing=tracing.Tracing(provider.get_tracer("test")))
    trace = "0af7651916cd43dd8448eb211c80319c"
    assert graphql(app, headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01"}).json()["data"]
    spans = memory.get_finished_spans()
    (request,) = [span for span in spans if span.name == "POST /graphql"]
    reads = [span for span in spans if span.name.startswith("store ")]
    assert f"{request.context.trace_id:032x}" == trace
    assert request.attributes["graphql.operation.name"] == "Shared"
    assert request.attributes["http.response.status_code"] == 200
    assert request.attributes["rolegraph.reads"] > 0
    assert reads
    assert {span.parent.span_id for span in reads} == {request.context.span_id}


def test_traces_without_the_extra_name_the_install_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(Exception, match=r"pip install 'rolegraph\[otel\]'"):
        tracing.exporting()


def test_traces_are_wanted_where_they_are_asked_for(monkeypatch):
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)
    assert not tracing.wanted(None)
    assert tracing.wanted(True)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
    assert tracing.wanted(None)
    assert not tracing.wanted(False)


def _scope(path: str) -> dict[str, Any]:
    return {"type": "http", "method": "GET", "path": path, "headers": [], "scheme": "http", "client": ("127.0.0.1", 1)}


async def _nothing() -> dict[str, Any]:
    return {"type": "http.disconnect"}


async def _taken(message: Any) -> None:
    pass
