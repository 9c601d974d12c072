"""What is special to Neo4j: the server, other people's nodes, prefixes, memory, several clients, and plain Cypher."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import neo4j_server
import pytest
import small
from graphs import Item, Post, many, reading
from stores import contents, expected

from graphmodel.errors import BadInput, StoreBusy, StoreReadOnly, StoreRefused, StoreUnreachable
from graphmodel.identity import role_id
from graphmodel.questions.overlap import shared_skills
from graphmodel.store import GraphStore, open_store
from graphmodel.stores import batches
from graphmodel.stores import neo4j as engine
from graphmodel.stores.neo4j_session import TooMuchMemory

TESTS = Path(__file__).resolve().parent

LOAD = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
from graphs import many
from graphmodel.store import open_store
url, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
store = open_store(url)
documents = list(many(count, roles=8, skills=40, first=first))
print("ready", flush=True)
for start in range(0, count, 10):
    store.add_many(documents[start : start + 10])
store.close()
"""

CHAIN = "(r:Role)-[:HAS_DUTY]->(:Duty)-[:REQUIRES]->(s:Skill)-[:APPLIED_IN]->(d:Department)"
MANAGER = reading(
    "店长.txt",
    [
        Post(
            "店长",
            [Item("制定预算并跟踪执行", ["预算"]), Item("每周与财务部核对报表", ["报表"], ["财务部"])],
            department="门店运营部",
        )
    ],
)


@pytest.fixture
def server() -> Iterator[neo4j_server.Server]:
    with neo4j_server.fresh() as found:
        yield found


def load(url: str, first: int, count: int) -> subprocess.Popen[str]:
    """A process that adds documents, ten in a transaction."""
    return subprocess.Popen(
        [sys.executable, "-c", LOAD, url, str(first), str(count)], stdout=subprocess.PIPE, text=True
    )


@contextmanager
def forwarded(server: neo4j_server.Server) -> Iterator[str]:
    """The URL of a port that leads to the server, until the end of the block: then nobody listens there."""
    place = urlsplit(server.url)

    def pass_on(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def serve() -> None:
        with suppress(OSError):
            while True:
                inside, _ = listener.accept()
                outside = socket.create_connection((place.hostname, place.port))
                ends.extend((inside, outside))
                for pair in ((inside, outside), (outside, inside)):
                    threading.Thread(target=pass_on, args=pair, daemon=True).start()

    ends: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        yield f"bolt://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def at_rest(store: GraphStore) -> tuple[list[str], dict[str, list]]:
    """Origins and contents at one revision; a transaction of a client that is gone may still come to its end."""
    for _ in range(10):
        try:
            with store.reading() as view:
                return list(view.stamps()), contents(view)
        except StoreBusy:
            time.sleep(0.2)
    raise AssertionError("the store does not come to rest")


def test_plain_cypher_finds_the_chain_and_nothing_of_the_store_s_own(server):
    with closing(open_store(server.url)) as store:
        store.add_many([MANAGER])
    rows = server.run(f"MATCH {CHAIN} RETURN DISTINCT r.name AS role, s.name AS skill, d.name AS department")
    assert {tuple(row.values()) for row in rows} == {
        ("店长", "预算", "门店运营部"),
        ("店长", "报表", "门店运营部"),
        ("店长", "报表", "财务部"),
    }
    (need,) = server.run(
        "MATCH (r:Role)-[n:NEEDS]->(:Skill {name: '预算'}) RETURN n.postings AS n, r.postings AS of, n.required AS m"
    )
    assert need == {"n": 1, "of": 1, "m": 1}
    (duty,) = server.run("MATCH (:Role)-[h:HAS_DUTY]->(d:Duty) WHERE d.text STARTS WITH '制定' RETURN h.heading AS h")
    assert duty == {"h": "岗位职责"}
    labels = {row["label"] for row in server.run("MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label")}
    assert {label for label in labels if not label.startswith("Rolegraph")} == {
        "Role", "Duty", "Skill", "Department", "Posting", "Document"
    }  # fmt: skip
    joined = server.run(
        "MATCH (a)-[r]->(b) WHERE any(l IN labels(a) + labels(b) WHERE l STARTS WITH 'Rolegraph') RETURN r"
    )
    assert joined == []


def test_each_mention_is_one_relationship_with_an_id_of_its_own(server):
    documents = list(many(30, roles=2, skills=10))
    with closing(open_store(server.url)) as store:
        store.add_many(documents)
    wanted = {id for document in documents for id in document.graph.mentions}
    found = server.run("MATCH ()-[r]->() WHERE r.id IS NOT NULL RETURN r.id AS id")
    assert sorted(row["id"] for row in found) == sorted(wanted)


def test_a_wrong_password_says_which_variables_to_set(server, monkeypatch):
    monkeypatch.setenv("ROLEGRAPH_STORE_PASSWORD", "not this one")
    with pytest.raises(StoreUnreachable, match=r"user and password.*\n.*ROLEGRAPH_STORE_PASSWORD"):
        open_store(server.url)


def test_an_unknown_database_is_named(server):
    with pytest.raises(StoreUnreachable, match=r"no database 'elsewhere'.*\n.*path of the URL"):
        open_store(f"{server.url}/elsewhere")


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_the_path_names_the_database(server, scheme):
    with closing(open_store(f"{server.url.replace('bolt', scheme)}/neo4j")) as store:
        store.add_many([MANAGER])
    with closing(open_store(server.url, read_only=True)) as store:
        assert contents(store) == expected([MANAGER])


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_port_where_nobody_listens(scheme):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(StoreUnreachable, match=rf"{port} does not answer.*\n.*server runs"):
        open_store(f"{scheme}://127.0.0.1:{port}")


def test_a_server_that_says_nothing_is_told_in_time():
    start = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(StoreUnreachable, match="does not answer"):
        open_store(f"bolt://127.0.0.1:{silent.getsockname()[1]}")
    assert time.monotonic() - start < 12


def test_a_server_that_goes_is_told_in_time(server):
    with ExitStack() as stack:
        with forwarded(server) as url:
            store = stack.enter_context(closing(open_store(url)))
            store.add_many([MANAGER])
        start = time.monotonic()
        with pytest.raises(StoreUnreachable, match="does not answer"):
            store.count("role")
        assert time.monotonic() - start < 12


@pytest.mark.parametrize(
    ("url", "match"),
    [
        ("bolt://neo4j:secret@localhost", "ROLEGRAPH_STORE_PASSWORD"),
        ("bolt://localhost/?colour=red", r"\?prefix="),
        ("bolt://localhost/?prefix=R`g", "letters and digits"),
        ("neo4j:///graph", "host"),
    ],
)
def test_a_url_that_is_no_place_for_a_store(url, match):
    with pytest.raises(BadInput, match=match) as raised:
        open_store(url)
    assert "secret" not in str(raised.value)


def test_a_file_that_is_no_certificate(tmp_path, monkeypatch):
    monkeypatch.setenv("ROLEGRAPH_STORE_CA", str(tmp_path / "none.pem"))
    with pytest.raises(BadInput, match=r"none\.pem.*\n.*ROLEGRAPH_STORE_CA"):
        open_store("neo4j+s://localhost")


def test_nodes_of_others_are_refused_and_a_prefix_keeps_clear_of_them(server):
    server.run("CREATE (:Role {name: 'admin'})-[:MAY]->(:Skill {id: 'skill:excel', name: 'theirs'})")
    with pytest.raises(StoreRefused, match=r"label Role|label Skill") as raised:
        open_store(server.url)
    assert "another database" in raised.value.remedy
    assert "?prefix=Rg" in raised.value.remedy
    with closing(open_store(f"{server.url}?prefix=Rg")) as store:
        store.add_many([MANAGER])
        assert contents(store) == expected([MANAGER])
        store.forget([MANAGER.document.origin])
    theirs = server.run("MATCH (r:Role)-[:MAY]->(s:Skill) RETURN r.name AS role, s.name AS skill")
    assert theirs == [{"role": "admin", "skill": "theirs"}]


def test_an_index_of_others_in_the_way_is_refused(server):
    server.run("CREATE INDEX theirs IF NOT EXISTS FOR (n:ZzRole) ON (n.id)")
    try:
        with pytest.raises(StoreRefused, match=r"index or a constraint.*\n.*Drop it"):
            open_store(f"{server.url}?prefix=Zz")
    finally:
        server.run("DROP INDEX theirs")


def test_a_new_store_may_be_opened_by_many_at_once(server):
    prefix = f"P{os.getpid()}"  # of a store that no test made before
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_store(f"{server.url}?prefix={prefix}"), range(4)))
    for store in opened:
        store.close()
    assert server.run(f"MATCH (s:{prefix}RolegraphStore) RETURN count(s) AS n") == [{"n": 1}]


def test_two_prefixes_are_two_stores(server):
    with closing(open_store(f"{server.url}?prefix=A")) as one, closing(open_store(f"{server.url}?prefix=B")) as two:
        one.add_many([MANAGER])
        two.add_many(many(3))
        assert contents(one) == expected([MANAGER])
        assert contents(two) == expected(many(3))
        assert two.find("店长", kinds=["role"]) == []
        one.forget([MANAGER.document.origin])
        assert contents(two) == expected(many(3))


@pytest.mark.parametrize(("schema", "match"), [(0, "older.*\n.*[Ee]xport"), (99, "newer.*\n.*Upgrade")])
def test_another_version_of_the_schema_is_refused(server, schema, match):
    open_store(server.url).close()
    server.run("MATCH (s:RolegraphStore) SET s.schema = $schema", schema=schema)
    with pytest.raises(StoreRefused, match=match):
        open_store(server.url)


def test_reading_only(server):
    with pytest.raises(StoreRefused, match="holds no rolegraph store"):
        open_store(server.url, read_only=True)
    assert server.run("MATCH (n:RolegraphStore) RETURN n") == []
    open_store(server.url).close()
    with closing(open_store(server.url, read_only=True)) as store, pytest.raises(StoreReadOnly, match="read_only"):
        store.add_many([MANAGER])


def test_a_transaction_that_needs_too_much_memory_is_split(server, monkeypatch):
    if "ROLEGRAPH_TEST_NEO4J" in os.environ:
        pytest.skip("the memory of a transaction on the named server is not known")
    documents = list(many(1900, roles=50))
    monkeypatch.setattr(batches, "ROWS_PER_TRANSACTION", 10**6)
    met = []
    change = engine.Neo4jStore._change

    def noted(self, additions, forgotten):
        met.append(len(additions))
        return change(self, additions, forgotten)

    monkeypatch.setattr(engine.Neo4jStore, "_change", noted)
    with closing(open_store(server.url)) as store:
        changes = store.add_many(documents)
        assert len(met) > 1, "the limit was not met"
        assert len(changes.added) == 1900
        assert contents(store) == expected(documents)


def test_one_document_that_needs_too_much_memory_is_refused_with_the_settings(server, monkeypatch):
    with closing(open_store(server.url)) as store:

        def full(work):
            raise TooMuchMemory("full", "Raise db.memory.transaction.max")

        monkeypatch.setattr(store._session, "write", full)
        with pytest.raises(TooMuchMemory, match=r"db\.memory\.transaction\.max"):
            store.add_many([MANAGER])


def test_a_view_never_mixes_two_states(server):
    with closing(open_store(server.url)) as store, closing(open_store(server.url)) as other:
        store.add_many([MANAGER])
        with store.reading() as view:
            assert view.count("role") == 1
            other.add_many(many(2))
            with pytest.raises(StoreBusy, match=r"changed.*\n.*again"):
                view.nodes("role")
        with store.reading() as view:
            assert view.count("role") == 3


@pytest.mark.parametrize(
    "read",
    [
        lambda view: [role.name for role in view.nodes("role", [role_id("店长"), role_id("岗位0000号")])],
        lambda view: [match.label for name in ("店长", "岗位0000号") for match in view.find(name, ["role"])],
        lambda view: sorted({edge.source for edge in view.edges("NEEDS", [role_id("岗位0000号")])}),
        lambda view: sorted({place.subject for place in view.evidence([role_id("岗位0000号")], limit=1)}),
    ],
    ids=["nodes", "find", "edges", "evidence"],
)
def test_a_view_begins_with_what_is_there_and_keeps_to_it(server, read):
    """Small reads look the state up in their own statement, and a view begins with a guess of it."""
    with closing(open_store(server.url)) as store, closing(open_store(server.url)) as other:
        other.add_many([MANAGER])
        with store.reading() as view:
            before = read(view)
        other.add_many(many(1))
        with store.reading() as view:
            after = read(view)
            assert after != before
            other.forget([MANAGER.document.origin])
            with pytest.raises(StoreBusy, match=r"changed.*\n.*again"):
                read(view)


def test_the_overlap_of_two_roles_is_a_handful_of_statements(server):
    with closing(open_store(server.url)) as store:
        store.set_taxonomy(small.scheme())
        store.add_many(small.readings())

        def ask() -> None:
            with store.reading() as view:
                shared_skills(view, "策划", "店员")

        ask()
        with neo4j_server.statements(store) as sent:
            ask()
        assert len(sent) <= 7, sent  # two names, two roles, their needs, the evidence


def test_a_read_whose_revision_moved_is_done_once_more(server):
    with closing(open_store(server.url)) as store, closing(open_store(server.url)) as other:
        store.add_many([MANAGER])
        arrivals = [many(3)]
        state = store._state

        def moving(tx):
            found = state(tx)
            if arrivals:
                other.add_many(arrivals.pop())
            return found

        store._state = moving
        assert store.count("document") == 4


def test_four_processes_load_overlapping_documents(server):
    processes = [load(server.url, first, 80) for first in (0, 40, 80, 120)]
    for process in processes:
        process.communicate(timeout=240)
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    with closing(open_store(server.url)) as store:
        assert contents(store) == expected(many(200, roles=8, skills=40))


@pytest.mark.timeout(1800)  # make soak kills twenty times
def test_kill_9_leaves_whole_documents_and_loading_again_completes(server, kills):
    documents = {r.document.origin: r for r in many(200, roles=8, skills=40)}
    process = load(server.url, 0, 200)
    process.stdout.readline()
    start = time.monotonic()
    process.communicate()
    duration = time.monotonic() - start
    moments = random.Random(7)
    left = []
    for _ in range(kills):
        server.empty()
        process = load(server.url, 0, 200)
        process.stdout.readline()
        time.sleep(duration * moments.uniform(0.05, 0.9))
        process.kill()
        process.communicate()
        with closing(open_store(server.url)) as store:
            origins, found = at_rest(store)
            assert found == expected(documents[origin] for origin in origins)
            left.append(len(origins))
            store.add_many(documents.values())
            assert contents(store) == expected(documents.values())
    assert any(0 < count < 200 for count in left), f"no kill fell into the writing: {left}"


def test_names_are_ordered_by_code_point_and_not_by_utf_16(server):
    names = ["店长", "\uffee店", "𠮷野家店员", "B", "a"]
    with closing(open_store(server.url)) as store:
        store.add_many([reading(f"{i}.txt", [Post(name)]) for i, name in enumerate(names)])
        found = [role.name for role in store.nodes("role", order="name")]
        assert found == sorted(names)
        place = ("\uffee店", role_id("\uffee店"))
        assert [role.name for role in store.nodes("role", order="name", after=place)] == ["𠮷野家店员"]
