"""What the endpoint says of itself: a service description of the W3C, and a page with a form for people."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from html import escape

import pyoxigraph as ox

from api.rdf import html
from api.sparql.results import SOLUTIONS, TRIPLES
from ontology.terms import prefixes

_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
    "RDF_XML", "JSON-LD",
)  # fmt: skip

_STYLE = b64encode(hashlib.sha256(html.STYLE.encode()).digest()).decode()

POLICY = (
    b"default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    % _STYLE.encode()
)
"""The Content-Security-Policy of the page: its own style, and a form that goes to this server."""

_FIRST = """# 需要的岗位最多的技能 · the skills that the most roles need
SELECT ?skill (SAMPLE(?label) AS ?name) (COUNT(DISTINCT ?role) AS ?roles) WHERE {
  ?role a rg:Role ; rg:needs ?skill .
  ?skill a rg:Skill ; skos:prefLabel ?label .
  FILTER(LANGMATCHES(LANG(?label), "zh"))
} GROUP BY ?skill ORDER BY DESC(?roles) ?skill LIMIT 20"""


def service(url: str, format: str) -> bytes:
    """The description of the endpoint at a URL, in a format of api.sparql.results.TRIPLES."""
    formats = ", ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in _FORMATS)
    text = f"""@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
<> a sd:Service ; sd:endpoint <> ; sd:supportedLanguage sd:SPARQL11Query ; sd:resultFormat {formats} ;
  sd:feature sd:EmptyGraphs ; sd:defaultDataset <#dataset> .
<#dataset> a sd:Dataset ; sd:defaultGraph <#graph> .
<#graph> a sd:Graph .
"""
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=url)]
    known = {"sd": "http://www.w3.org/ns/sparql-service-description#"}
    return ox.serialize(triples, format=TRIPLES[format].format, prefixes=known) or b""


def page(base: str) -> bytes:
    """The page: a form that works without scripts."""
    known = "".join(f"<dt>{prefix}:</dt><dd>{escape(iri)}</dd>" for prefix, iri in prefixes(base).items())
    body = [
        "<h1>SPARQL</h1>",
        '<p>只读查询；图谱为最新状态。 <span lang="en">For reading; always of the graph as it is now.</span></p>',
        '<form action="" method="post"><p><label for="query">查询 <small lang="en">Query</small></label><br>',
        f'<textarea id="query" name="query" rows="14" cols="80" spellcheck="false">{escape(_FIRST)}</textarea></p>',
        '<p><label>格式 <small lang="en">Format</small> <select name="format">',
        _options((*SOLUTIONS, *TRIPLES), chosen="tsv"),
        '</select></label> <button type="submit">查询 <span lang="en">Ask</span></button></p></form>',
        '<details><summary>前缀无需声明 <small lang="en">Prefixes that need not be declared</small></summary>',
        f"<dl>{known}</dl></details>",
    ]
    return html.whole("SPARQL rolegraph", body).encode()


def _options(names: Iterable[str], chosen: str) -> str:
    return "".join(f"<option{' selected' if name == chosen else ''}>{name}</option>" for name in names)
