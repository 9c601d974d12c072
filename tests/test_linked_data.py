"""The graph as linked data: a document about each thing, chosen by what a client takes, or why there is none."""

from __future__ import annotations

import asyncio
import hashlib
import re
from base64 import b64encode
from contextlib import closing
from time import process_time

import httpx
import neo4j_server
import pyoxigraph as ox
import pytest
import rdflib
from whole import ESCO, OLDER, READINGS, SCHEME, exported, reading, stored

from api.app import create_app
from api.keys import Key
from api.rdf.negotiation import preferred
from graphmodel.graph import Graph, Reading
from graphmodel.identity import document_id, duty_id, posting_id, role_id
from graphmodel.nodes import Document, Duty, Posting, Role
from graphmodel.relations import fact_mention, item_mention, skill_mention
from ontology import formats
from ontology.describe import around, described
from ontology.subjects import Subjects
from ontology.terms import BASE, DATA_KINDS

FORMS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
RDFLIB = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
OXIGRAPH = {
    "ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
ROLE = role_id("市场专员")
EVIL = '<script>alert("1")</script>&amp;'


@pytest.fixture(scope="module")
def store():
    with closing(stored(READINGS)) as store:
        store.add_many([reading("gone.txt", "出纳"), reading("again.txt", "会计")])
        store.forget(["gone.txt", "again.txt"])
        store.add_many([reading("again.txt", "会计")])
        yield store


@pytest.fixture(scope="module")
def app(store):
    return create_app(store)


@pytest.fixture(scope="module")
def triples(store) -> set[ox.Triple]:
    return parsed("nt", exported(store, "nt")[0])


def send(app, path, method="GET", **headers):
    async def sent():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, path, headers=named)

    return asyncio.run(sent())


def path(id: str) -> str:
    return "/id/" + id.replace(":", "/", 1)


def parsed(suffix: str, body: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(body, OXIGRAPH[suffix])}


def ids(store) -> dict[str, list[str]]:
    """Of each kind the ids that an export speaks of, but for those that were given up."""
    found: dict[str, list[str]] = {}
    for id, _ in Subjects(store, formats.named("nt").writer(BASE)).of():
        if id not in store.aliases():
            found.setdefault(id.partition(":")[0], []).append(id)
    return found


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/*", "text/turtle"),
        ("application/*", "application/n-triples"),
        (BROWSER, "text/html"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1", "application/rdf+xml"),
        ("text/turtle;q=0.3, application/ld+json;q=0.8", "application/ld+json"),
        ('application/ld+json; profile="a,b;q=0"; q=0.9, text/turtle;q=0.5', "application/ld+json"),
        ("text/turtle;q=0, */*", "application/n-triples"),
        ("*/*, text/turtle;q=0", "application/n-triples"),
        ("text/html;q=0.5, text/*;q=0.7, */*;q=0.1", "text/turtle"),
        ("application/*;q=0.5, application/rdf+xml;q=0.4", "application/n-triples"),
        ("application/n-triples, text/turtle", "text/turtle"),
        ("TEXT/TURTLE ; Q=0.1", "text/turtle"),
        ("text/html, image/gif, *; q=.2, */*; q=.2", "text/html"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        (";;;,,q=1", "text/turtle"),
        ('"', "text/turtle"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("*/*;q=0", None),
        ("text/turtle;q=0.000, image/*", None),
    ],
)
def test_the_form_is_the_one_that_the_client_prefers(app, accept, expected):
    offers = ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "text/html"]
    assert preferred(accept, offers) == expected
    response = send(app, path(ROLE), accept=accept)
    assert "Accept" in response.headers["vary"]
    if expected is None:
        assert response.status_code == 406
    else:
        suffix = next((one for one, media_type in FORMS.items() if media_type == expected), "html")
        assert (response.status_code, response.headers["location"]) == (303, f"{path(ROLE)}.{suffix}")
        assert f'<{path(ROLE)}.{suffix}>; rel="describedby"; type="{expected}"' in response.headers["link"]


def test_a_hostile_accept_is_read_quickly():
    began = process_time()
    for header in ('"' * 60_000, ",".join(["a/b;q=0.1"] * 6_000), ";" * 60_000, '"\\' * 30_000):
        preferred(header, ["text/turtle"])
    assert process_time() - began < 1


def test_each_kind_of_thing_has_a_document_in_each_form_that_says_what_the_export_says(app, store, triples):
    found = ids(store)
    assert found.keys() == {*DATA_KINDS}
    for kind in DATA_KINDS:
        id = found[kind][-1]
        subject = ox.NamedNode(BASE + id.replace(":", "/", 1))
        own = {triple for triple in triples if triple.subject == subject}
        bodies = {suffix: send(app, f"{path(id)}.{suffix}") for suffix in FORMS}
        for suffix, response in bodies.items():
            assert response.status_code == 200
            assert response.headers["content-type"].partition(";")[0] == FORMS[suffix]
            said = parsed(suffix, response.content)
            assert own == {triple for triple in said if triple.subject == subject}
            assert said <= triples
            assert said == parsed("nt", bodies["nt"].content)
            assert len(rdflib.Graph().parse(response.content, format=RDFLIB[suffix])) == len(said)
        page = send(app, f"{path(id)}.html")
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert str(subject.value) in page.text


def test_what_stands_next_to_a_thing_has_a_type_and_a_label(app):
    graph = rdflib.Graph().parse(send(app, f"{path(ROLE)}.ttl").content, format="turtle")
    named = list(
        graph.query(
            """SELECT ?kind ?label ?words WHERE {
                 ?role rg:requires|rg:needs ?skill . ?skill a ?kind ; skos:prefLabel ?label .
                 ?duty a rg:Duty ; skos:prefLabel ?words . ?role rg:hasDuty ?duty
                 FILTER(?kind = rg:Skill && LANG(?label) = "en") }""",
            initBindings={"role": rdflib.URIRef(BASE + ROLE.replace(":", "/"))},
        )
    )
    assert {str(words) for _, _, words in named} == {"与财务部一起分析市场", "市场专员写周报"}
    assert {str(label) for _, label, _ in named} == {"Excel", "market analysis"}
    quoted = "SELECT ?origin WHERE { ?m rg:relation rg:hasDuty ; prov:wasQuotedFrom/rg:origin ?origin }"
    assert {str(origin) for (origin,) in graph.query(quoted)} == {"a.txt", "c.txt"}


def test_a_document_has_an_end_and_leads_to_the_next(app, store, triples):
    [duty] = [duty_id("与财务部一起分析市场")]
    seen: set[ox.Triple] = set()
    address, pages = f"{path(duty)}.nt?limit=1", 0
    while address:
        response = send(app, address)
        said = parsed("nt", response.content)
        assert said <= triples
        seen |= said
        pages += 1
        following = re.search(r'<([^>]+)>; rel="next"', response.headers["link"])
        address = following and following[1]
    mentions = {triple.subject for triple in seen if "/mention/" in triple.subject.value}
    assert pages == 4  # of the four documents that have this duty
    assert len(mentions) == 4 + 2
    for wrong in ("limit=0", "limit=501", "page=0", "limit=x", "page=1e3", "page=-1", "limit=%F0"):
        assert send(app, f"{path(duty)}.ttl?{wrong}").status_code == 400


def test_both_stores_give_the_same_documents():
    with (
        neo4j_server.fresh() as server,
        closing(stored(READINGS, server.url)) as there,
        closing(stored(READINGS)) as here,
    ):
        writer, known = formats.named("nt").writer(BASE), ids(here)
        for kind in ("role", "posting", "mention", "application"):
            one, other = (around(view, known[kind][0], 2) for view in (here, there))
            assert one is not None
            assert other is not None
            assert described(here, writer, one, 2) == described(there, writer, other, 2)


def test_the_links_lead_to_all_forms(app):
    for suffix in ("", ".ttl", ".html"):
        response = send(app, path(ROLE) + suffix)
        links = dict(re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', response.headers["link"]))
        expected = {f"{path(ROLE)}.{one}": media_type for one, media_type in {**FORMS, "html": "text/html"}.items()}
        expected.pop(path(ROLE) + suffix, None)
        assert links == expected
    assert f'<{BASE}{ROLE.replace(":", "/")}>; rel="describes"' in response.headers["link"]
    page = send(app, f"{path(ROLE)}.html").text
    assert dict(re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)">', page)) == {
        media_type: f"{path(ROLE)}.{suffix}" for suffix, media_type in FORMS.items()
    }


def test_406_lists_what_there_is(app):
    as_text = send(app, path(ROLE), accept="image/png")
    assert (as_text.status_code, as_text.headers["content-type"]) == (406, "text/plain; charset=utf-8")
    as_json = send(app, path(ROLE), accept="application/json")
    assert as_json.status_code == 406
    listed = {one["path"]: one["type"] for one in as_json.json()["choices"]}
    assert listed == {f"{path(ROLE)}.{suffix}": one for suffix, one in {**FORMS, "html": "text/html"}.items()}
    for address, media_type in listed.items():
        assert f"{address}  {media_type}" in as_text.text


def test_an_id_that_became_another_leads_on(app, store):
    response = send(app, "/id/skill/ms-excel", accept="text/turtle")
    assert (response.status_code, response.headers["location"]) == (301, "/id/skill/excel")
    assert send(app, "/id/skill/ms-excel.rdf").headers["location"] == "/id/skill/excel.rdf"
    candidate = next(old for old, new in SCHEME.aliases if new == "skill:market-analysis")
    assert send(app, f"{path(candidate)}.html").headers["location"] == "/id/skill/market-analysis.html"


def test_the_forgotten_is_gone_and_what_came_back_is_there(app):
    gone, again, never = (path(document_id(name)) for name in ("gone.txt", "again.txt", "never.txt"))
    for suffix in ("", ".ttl", ".html"):
        assert send(app, gone + suffix).status_code == 410
        assert send(app, never + suffix).status_code == 404
    assert send(app, gone.replace("document", "note") + "-1").status_code == 410
    assert send(app, again).status_code == 303
    assert send(app, path(role_id("出纳"))).status_code == 404
    with closing(stored(READINGS)) as store:
        app = create_app(store)
        [present] = [path(document_id("a.txt"))]
        assert send(app, present).status_code == 303
        store.forget(["a.txt"])
        assert send(app, present).status_code == 410


def test_an_alias_of_what_is_no_more_is_gone():
    with closing(stored([])) as store:
        store.set_taxonomy(OLDER)
        store.set_taxonomy(SCHEME)
        known = store.aliases()
        assert known["skill:spreadsheet"] == "skill:excel"
        assert send(create_app(store), "/id/skill/spreadsheet").headers["location"] == "/id/skill/excel"


@pytest.mark.parametrize("key", ["market-analisys", "%E5%B8%82%E5%9C%BA%E5%88%86%E6%9E%90", "市场分析"])
def test_404_tells_what_is_near(app, key):
    response = send(app, f"/id/skill/{key}", accept="application/json")
    assert response.status_code == 404
    assert {"label", "path"} <= response.json()["choices"][0].keys()
    assert "/id/skill/market-analysis" in [one["path"] for one in response.json()["choices"]]
    page = send(app, f"/id/skill/{key}", accept=BROWSER)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert '<a href="/id/skill/market-analysis">' in page.text


def test_an_absolute_iri_is_a_key_too(app):
    whole = (BASE + ROLE.replace(":", "/")).replace(":", "%3A").replace("/", "%2F")
    assert send(app, f"/id/{whole}").headers["location"] == f"{path(ROLE)}.ttl"


HOSTILE = (
    "%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "%00", "a%00b", "%22%3E%3Cscript%3E", "' OR 1=1--", "x" * 60_000,
    "%FF%FE", "%ED%A0%80", "a%0Ab", ".ttl", "..ttl", "ttl", "%F0%9F%98%80", "0" * 16, "*", "%", "a/b/c", "?", "a;b",
    "1-1", "-",
)  # fmt: skip


@pytest.mark.parametrize("key", HOSTILE)
def test_hostile_keys_are_not_found_and_quickly(app, key):
    began = process_time()
    for kind in ("role", "skill", "mention", "need", "application", "note", "scheme", "nothing", "%00"):
        response = send(app, f"/id/{kind}/{key}", accept=BROWSER)
        assert response.status_code == 404
        assert len(response.content) < 10_000
        assert "<script" not in response.text
    assert process_time() - began < 5


def test_what_the_path_is_without_a_key(app):
    for address in ("/id/", "/id/role", "/id/role/", "/id/dataset/"):
        assert send(app, address).status_code == 404
    assert send(app, "/id/dataset/graph").headers["location"] == "/.well-known/void"


def test_methods(app):
    head, get = (send(app, f"{path(ROLE)}.ttl", method, accept_encoding="identity") for method in ("HEAD", "GET"))
    assert (head.status_code, head.content) == (200, b"")
    unlike = {"x-request-id"}
    assert {k: v for k, v in head.headers.items() if k not in unlike} == {
        k: v for k, v in get.headers.items() if k not in unlike
    }
    options = send(app, path(ROLE), "OPTIONS")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        refused = send(app, path(ROLE), method)
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_document_that_is_known_is_not_sent_again_until_the_graph_changes():
    with closing(stored(READINGS)) as store:
        app = create_app(store)
        tags = {suffix: send(app, f"{path(ROLE)}.{suffix}").headers["etag"] for suffix in (*FORMS, "html")}
        assert len({*tags.values()}) == len(tags)
        for suffix, tag in tags.items():
            known = send(app, f"{path(ROLE)}.{suffix}", if_none_match=f'"other", {tag}')
            assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
            assert known.headers["cache-control"] == "no-cache"
        assert send(app, f"{path(ROLE)}.ttl", if_none_match="*").status_code == 304
        assert send(app, f"{path(role_id('无'))}.ttl", if_none_match="*").status_code == 404
        store.add_many([reading("d.txt", "市场专员")])
        assert send(app, f"{path(ROLE)}.ttl", if_none_match=tags["ttl"]).status_code == 200


def test_a_large_document_is_compressed_for_those_who_take_it(app):
    plain, packed = (send(app, f"{path(ROLE)}.nt", accept_encoding=one) for one in ("identity", "gzip"))
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) * 3 < len(plain.content)
    assert packed.content == plain.content
    assert packed.headers["etag"] == plain.headers["etag"]


def test_a_page_is_for_people_and_does_nothing(app):
    response = send(app, f"{path(ROLE)}.html")
    policy, page = response.headers["content-security-policy"], response.text
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy
    assert "<script" not in page
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    assert f"'sha256-{b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy
    assert "prefers-color-scheme: dark" in style
    assert 'name="viewport"' in page
    assert '<html lang="zh-Hans">' in page
    assert '<h1 lang="zh-Hans">市场专员</h1>' in page
    assert '<span lang="zh-Hant">市場專員</span>' in page
    assert '<mark><a href="/id/skill/market-analysis">分析市场</a></mark>' in page
    assert f'<a href="{path(document_id("a.txt"))}">a.txt:3</a>' in page
    for id in (duty_id("与财务部一起分析市场"), role_id("经理"), "skill:excel"):
        assert f'<a href="{path(id)}"' in page
    skill = send(app, "/id/skill/market-analysis.html").text
    assert "与财务部一起<mark>" in skill
    assert f'<a href="{ESCO}' not in skill
    assert f'<a href="{ESCO}x">{ESCO}x</a>' in send(app, "/id/skill/excel.html").text


def test_markup_in_documents_is_text():
    document, posting = document_id(f"{EVIL}.txt"), posting_id(f"{EVIL}.txt", 1)
    role, duty = Role(role_id(EVIL), EVIL, (f"{EVIL}2",)), Duty(duty_id(f"写{EVIL}"), f"写{EVIL}")
    nodes = (Document(document, f"{EVIL}.txt", "c"), Posting(posting, document, 1, EVIL), role, duty, *SCHEME.skills)
    mentions = (
        fact_mention("DESCRIBES", posting, role.id, posting, EVIL, 1, ((0, 3),)),
        item_mention("HAS_DUTY", role.id, duty.id, posting, EVIL, 2, ((0, 3),)),
        skill_mention(duty.id, "skill:excel", f"写{EVIL}"[3:9], 3, 9, "label"),
    )
    graph = Graph({node.id: node for node in nodes}, {mention.id: mention for mention in mentions})
    with closing(stored([Reading(graph.nodes[document], "", graph, "r", SCHEME.digest)])) as store:
        app = create_app(store)
        for id in (document, posting, role.id, duty.id, "skill:excel", *(mention.id for mention in mentions)):
            page = send(app, f"{path(id)}.html")
            assert page.status_code == 200
            assert "<script" not in page.text
            assert "<img" not in page.text
        assert "<mark>" in send(app, f"{path(duty.id)}.html").text


def test_reading_needs_a_key_where_there_are_some(store):
    app = create_app(store, keys=(Key("reader", "read", hashlib.sha256(b"secret").digest()),))
    for address in (path(ROLE), f"{path(ROLE)}.ttl", "/export.nt", "/ontology", "/.well-known/void", "/id/role/none"):
        refused = send(app, address)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Bearer")
        assert "access-control-allow-origin" not in refused.headers
        assert send(app, address, authorization="Bearer wrong").status_code == 401
    let_in = send(app, f"{path(ROLE)}.ttl", authorization="Bearer secret")
    assert (let_in.status_code, let_in.headers["cache-control"]) == (200, "private, no-cache")


def test_pages_of_other_sites_may_read_the_vocabulary_and_of_the_graph_what_they_are_allowed(app, store):
    for address in ("/context.jsonld", "/ontology.ttl", "/shapes"):
        assert send(app, address, origin="https://elsewhere.example").headers["access-control-allow-origin"] == "*"
    for address in (path(ROLE), f"{path(ROLE)}.jsonld", "/id/role/none", "/export.nt", "/.well-known/void"):
        assert "access-control-allow-origin" not in send(app, address, origin="https://elsewhere.example").headers
    listed = create_app(store, origins=["https://app.example"])
    response = send(listed, f"{path(ROLE)}.ttl", origin="https://app.example")
    assert response.headers["access-control-allow-origin"] == "https://app.example"


def test_trusted_documents_alone_leave_no_other_way_to_ask(store):
    app = create_app(store, trusted={"0" * 64: "{ __typename }"})
    assert send(app, path(ROLE)).status_code == 404
    assert send(app, "/export").status_code == 404


def test_the_base_of_iris_is_the_owners(store):
    app = create_app(store, base_iri="https://数据.example/职业/")
    response = send(app, f"{path(ROLE)}.nt")
    assert f"<https://数据.example/职业/{ROLE.replace(':', '/')}>" in response.text
    assert "%E6%95%B0" in response.headers["link"]
    assert 'href="/id/' in send(app, f"{path(ROLE)}.html").text
    assert send(app, "/context.jsonld").json()["@context"]["role"]["@id"] == "https://数据.example/职业/role/"


@pytest.mark.parametrize("name", ["ontology", "ns", "shapes"])
def test_the_ontology_and_the_shapes_are_the_same_in_all_forms(app, name):
    graphs = {suffix: send(app, f"/{name}.{suffix}") for suffix in FORMS}
    turtle = rdflib.Graph().parse(graphs["ttl"].content, format="turtle")
    assert len(turtle) > 100
    named = {(s, p, o) for s, p, o in turtle if not any(isinstance(term, rdflib.BNode) for term in (s, o))}
    for suffix, response in graphs.items():
        assert response.headers["content-type"].partition(";")[0] == FORMS[suffix]
        graph = rdflib.Graph().parse(response.content, format=RDFLIB[suffix])
        assert named <= set(graph)
        assert len(graph) == len(turtle) == len(list(ox.parse(response.content, OXIGRAPH[suffix])))
        assert send(app, f"/{name}", accept=FORMS[suffix]).content == response.content
        tag = response.headers["etag"]
        assert send(app, f"/{name}.{suffix}", if_none_match=tag).status_code == 304
    assert send(app, f"/{name}.xyz").status_code == 404
    assert send(app, f"/{name}", accept="image/png").status_code == 406


def test_the_page_of_the_ontology_has_an_anchor_for_each_term(app):
    page = send(app, "/ontology", accept=BROWSER)
    assert page.headers["content-location"] == "/ontology.html"
    for name, chinese in (("Role", "岗位"), ("hasDuty", "职责"), ("minYears", "")):
        section = re.search(rf'<h3 id="{name}">.*?</section>', page.text)
        assert section
        assert chinese in section[0]
    graph = rdflib.Graph().parse(send(app, "/ontology.ttl").content, format="turtle")
    namespace = "https://w3id.org/rolegraph/ns#"
    terms = {str(s).removeprefix(namespace) for s in graph.subjects(rdflib.RDF.type) if str(s).startswith(namespace)}
    assert terms <= {*re.findall(r' id="(\w+)"', page.text)}
    ends = re.search(r'<h3 id="hasDuty">.*?</section>', page.text)
    assert ends
    assert re.findall(r"<dd>(.*?)</dd>", ends[0]) == [
        '<a href="#Role">rg:Role</a> 或 <a href="#Department">rg:Department</a>',
        '<a href="#Duty">rg:Duty</a>',
    ]


def test_the_page_of_the_shapes_says_what_is_asked_of_each_kind_of_thing(app):
    page = send(app, "/shapes.html")
    graph = rdflib.Graph().parse(send(app, "/shapes.ttl").content, format="turtle")
    shape = rdflib.URIRef("http://www.w3.org/ns/shacl#NodeShape")
    names = {str(subject).partition("#")[2] for subject in graph.subjects(rdflib.RDF.type, shape)}
    assert names
    assert names == {*re.findall(r'<h3 id="(\w+)"', page.text)}
    role = re.search(r'<h3 id="Role">.*?</section>', page.text)
    assert role
    assert '<a href="/ontology.html#Role">rg:Role</a>' in role[0]
    assert '<span lang="en">A role has exactly one rg:described, true or false.</span>' in role[0]


def test_the_context_reads_a_document_as_the_export_says(app, triples):
    context = send(app, "/context.jsonld")
    assert context.headers["content-type"] == "application/ld+json"
    assert context.json()["@context"] == send(app, f"{path(ROLE)}.jsonld").json()["@context"]


def test_the_manifest_counts_what_the_export_holds(app, store, triples):
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    bodies = {suffix: send(app, f"/.well-known/void.{suffix}") for suffix in FORMS}
    for suffix, response in bodies.items():
        graph = rdflib.Graph().parse(response.content, format=RDFLIB[suffix], publicID="http://test/.well-known/void")
        [whole] = graph.subjects(void.exampleResource, unique=True)
        assert int(graph.value(whole, void.triples)) == len(triples)
        dumps = {str(one) for one in graph.objects(whole, void.dataDump)}
        assert {f"http://test/export.{one}" for one in (*FORMS, "ttl.gz", "trig")} <= dumps
        for example in list(graph.objects(whole, void.exampleResource))[:3]:
            assert send(app, example.replace(BASE, "/id/")).status_code == 303
    assert send(app, "/.well-known/void").content == bodies["ttl"].content
    assert send(app, "/.well-known/void.ttl", if_none_match=bodies["ttl"].headers["etag"]).status_code == 304
    with closing(stored(READINGS)) as changing:
        app = create_app(changing)
        before = send(app, "/.well-known/void").text
        changing.add_many([reading("d.txt", "出纳")])
        assert send(app, "/.well-known/void").text != before
