"""A thing as a page for people: what it is, what stands next to it, and the sentences that say so."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from api.rdf import html
from api.rdf.forms import DESCRIBED
from api.rdf.quotes import Quote, named, quotes
from api.rdf.vocabulary import labels
from graphmodel.nodes import NODE_TYPES
from graphmodel.relations import Applied, Edge, Needs
from graphmodel.store import View
from ontology.describe import Around, Group
from ontology.mapping import FIELDS, PROPERTIES
from ontology.subjects import SCHEMES
from ontology.terms import iri, language

KINDS = {
    "role": ("岗位", "role"),
    "duty": ("职责", "duty"),
    "requirement": ("任职要求", "requirement"),
    "skill": ("技能", "skill"),
    "department": ("部门", "department"),
    "indicator": ("指标", "indicator"),
    "posting": ("招聘帖", "posting"),
    "document": ("文档", "document"),
    "mention": ("出处", "mention"),
    "need": ("技能需求", "need"),
    "application": ("技能应用", "application"),
    "note": ("提示", "note"),
    "scheme": ("概念表", "concept scheme"),
}
"""What people call each kind of thing."""

_BACK = {
    "DESCRIBES": ("描述它的招聘帖", "postings that describe it"),
    "HAS_DUTY": ("有此职责的", "who has this duty"),
    "HAS_REQUIREMENT": ("有此要求的", "who has this requirement"),
    "REQUIRES": ("需要它的职责与要求", "duties and requirements that ask for it"),
    "INVOLVES": ("涉及它的职责与要求", "duties and requirements that involve it"),
    "BELONGS_TO": ("所属岗位", "roles that belong to it"),
    "REPORTS_TO": ("下级岗位", "roles that report to it"),
    "PART_OF": ("下属部门", "departments that are part of it"),
    "LEADS_TO": ("可由此晋升而来的岗位", "roles that lead to it"),
    "MEASURED_BY": ("以它衡量的", "who is measured by it"),
    "BROADER": ("更具体的技能", "narrower skills"),
    "RELATED": ("相关技能", "related skills"),
    "NEEDS": ("需要它的岗位与部门", "roles and departments that need it"),
    "APPLIED_IN": ("在此应用的技能", "skills applied here"),
}
_FORWARD = {"BROADER": ("更宽泛的技能", "broader skills"), "RELATED": ("相关技能", "related skills")}
_FOREIGN = {
    "skos:altLabel": ("别名", "alternative label"),
    "skos:prefLabel": ("名称", "label"),
    "skos:definition": ("定义", "definition"),
    "skos:exactMatch": ("等同于", "exact match"),
    "skos:closeMatch": ("近似于", "close match"),
}
_SHOWN_ABOVE = {"id", "name", "text", "notes"}


def page(view: View, thing: Around, limit: int, number: int, base: str, below: str) -> str:
    """The page; links lead below the path `below`, the IRI begins with `base`, and `number` counts pages from 1."""
    ids = {end for group in thing.groups for edge in group.edges for end in (edge.source, edge.target)}
    found = quotes(view, thing, limit)
    ids |= {quote.subject for quote in found} | {mark.id for quote in found for mark in quote.marks}
    return _Page(thing, named(view, {*ids, *thing.points_to, thing.id}), base, below).whole(found, number)


class _Page:
    def __init__(self, thing: Around, names: dict[str, str], base: str, below: str) -> None:
        self._thing = thing
        self._names = names
        self._base = base
        self._below = below

    def whole(self, found: list[Quote], number: int) -> str:
        id, path = self._thing.id, self._path(self._thing.id)
        title = self._label(id)
        forms = [form for form in DESCRIBED if form.format]
        links = [
            f'<link rel="alternate" type="{form.media_type}" href="{escape(path)}.{form.suffix}">' for form in forms
        ]
        chinese, english = KINDS[id.partition(":")[0]]
        body = [
            f'<p class="quiet">{html.both(chinese, english)}</p>',
            f'<h1 lang="{language(title)}">{escape(title)}</h1>',
            f"<p><code>{escape(iri(id, self._base))}</code></p>",
            "<nav>" + " ".join(html.link(f"{path}.{form.suffix}", form.media_type) for form in forms) + "</nav>",
            *self._facts(),
            *(part for group in self._thing.groups for part in self._group(group)),
            *self._quotes(found),
            *self._turning(path, number),
        ]
        return html.whole(f"{title} · {chinese}", body, links)

    def _facts(self) -> Iterator[str]:
        """The fields of a value that the heading does not show."""
        value = self._thing.value
        facts = []
        for field in getattr(value, "_fields", ()):
            said = getattr(value, field)
            full = f"{type(value).__name__}.{field}"
            if (
                field in _SHOWN_ABOVE
                or said in (None, "", ())
                or not (property := FIELDS.get(full) or FIELDS.get(field))
            ):
                continue
            facts.append(f"<dt>{self._property(property[0])}</dt><dd>{self._value(property[1], said)}</dd>")
        if facts:
            yield f"<dl>{''.join(facts)}</dl>"

    def _value(self, form: str, said: Any) -> str:
        if form == "span":
            return escape(" ".join(f"{start}–{end}" for start, end in said))
        if isinstance(said, tuple):
            return "、".join(self._value(form, one) for one in said)
        if form == "thing":
            return self._link(said)
        if form == "iri":
            return html.link(said, said)
        if form == "relation":
            return self._property(PROPERTIES[said])
        if isinstance(said, bool):
            return html.both("是", "yes") if said else html.both("否", "no")
        if isinstance(said, float):
            return f"{said:.6g}"
        tag = {"name": language(str(said)), "english": "en"}.get(form, "")
        return f'<span lang="{tag}">{escape(str(said))}</span>' if tag else escape(str(said))

    def _property(self, name: str) -> str:
        return html.both(*(_FOREIGN.get(name) or labels().get(name, (name, ""))))

    def _group(self, group: Group) -> Iterator[str]:
        relation = group.relation
        heading = _BACK[relation] if group.back else _FORWARD.get(relation) or labels().get(PROPERTIES[relation])
        found: dict[str, str] = {}
        for edge in group.edges:
            end = edge.source if group.back or self._thing.id.startswith("document:") else edge.target
            if end != self._thing.id:
                found.setdefault(end, self._counts(edge))
        if found:
            more = " …" if group.more else ""
            yield f"<h2>{html.both(*(heading or (relation, '')))} <small>{len(found)}{more}</small></h2>"
            yield "<ul>" + "".join(f"<li>{self._link(id)}{counts}</li>" for id, counts in found.items()) + "</ul>"

    def _counts(self, edge: Edge) -> str:
        if isinstance(edge, Needs):
            necessity = "必需 required" if edge.necessity == "required" else "优先 preferred"
            said = f"{edge.postings} 帖 postings, {edge.share:.0%}, {necessity}"
        elif isinstance(edge, Applied):
            said = f"{edge.own} + {edge.involved}"
        else:
            return ""
        return f" <small>{said}</small>"

    def _quotes(self, found: list[Quote]) -> Iterator[str]:
        if found:
            yield f"<h2>{html.both('原文', 'where it is said')}</h2>"
        for quote in found:
            place = html.link(self._path(quote.document), f"{quote.origin}:{quote.line}")
            subject = "" if quote.subject == self._thing.id else f"{self._link(quote.subject)} "
            said = f'<p lang="{language(quote.text)}">{self._marked(quote)}</p>'
            yield f"<blockquote>{said}<cite>{subject}{place}</cite></blockquote>"

    def _marked(self, quote: Quote) -> str:
        pieces, last = [], 0
        for start, end, id in quote.marks:
            words = html.link(self._path(id), quote.text[start:end])
            pieces += [escape(quote.text[last:start]), f"<mark>{words}</mark>"]
            last = end
        return "".join(pieces) + escape(quote.text[last:])

    def _turning(self, path: str, number: int) -> Iterator[str]:
        pages = []
        if number > 1:
            pages.append(html.link(f"{path}.html?page={number - 1}", "上一页 previous"))
        if self._thing.more:
            pages.append(html.link(f"{path}.html?page={number + 1}", "下一页 next"))
        if pages:
            yield f"<nav>{' '.join(pages)}</nav>"

    def _path(self, id: str) -> str:
        return iri(id, f"{self._below}/id/")

    def _label(self, id: str) -> str:
        return self._names.get(id) or (SCHEMES[id][0] if id in SCHEMES else id)

    def _link(self, id: str) -> str:
        label = self._label(id)
        return html.link(self._path(id), label, language(label) if id.partition(":")[0] in NODE_TYPES else "")
