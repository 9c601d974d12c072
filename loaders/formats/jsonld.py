"""schema.org/JobPosting in JSON-LD, in a file of its own or in a page -> text, one posting after another."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from graphmodel.errors import BadInput
from graphmodel.nodes import Note
from loaders.charset import decode
from loaders.formats import fragment, plain
from loaders.formats.record import compose

_DEEPEST = 12
"""Values within values; the deepest known use is a place's address within a list within a graph."""
_NEAR = 20
"""A posting that is said again, as in a list and in detail, stands so near."""
_LEAST = 20
"""A description of fewer characters is a teaser."""
_CREDENTIALS = {
    "high school": "高中",
    "associate degree": "大专",
    "bachelor degree": "本科",
    "bachelors degree": "本科",
    "bachelor's degree": "本科",
    "postgraduate degree": "硕士",
    "master degree": "硕士",
    "master's degree": "硕士",
    "doctorate": "博士",
    "no requirements": "不限",
}
_NAMESPACE = re.compile(r"^(?:https?://schema\.org/|schema:)")
_WRAPPER = re.compile(
    r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*;?\s*$"
)
_NUMBERED = re.compile(r"\s*(?:\d{1,2}\s*[、.．)）]|[（(]\d|[•●\-*①一])")


def read(origin: str, data: bytes) -> tuple[str, tuple[Note, ...]]:
    """The text of all postings in a JSON-LD file. Raises BadInput for JSON without one."""
    text, charset, _ = decode(data)
    found = _text(value for value in [parse(text)] if value is not None)
    if not found:
        raise BadInput(
            f"{origin} is JSON without a schema.org JobPosting.",
            "Name its columns with --columns if it is a list of postings, or save the text as a .txt file.",
        )
    return found, plain.damage(found, charset)


def in_scripts(scripts: Iterable[str]) -> str:
    """The text of the postings in a page's scripts; empty if there are none with a description."""
    return _text(
        (value for script in scripts if (value := parse(_WRAPPER.sub("", script))) is not None), described=True
    )


def parse(text: str) -> Any:
    """The value of a JSON text, line breaks in strings allowed as sites write them; None if it is not JSON."""
    try:
        return json.loads(text.strip().lstrip("\ufeff"), strict=False)
    except (ValueError, RecursionError):
        return None


def fields(posting: dict[str, Any], ids: dict[str, Any] | None = None) -> dict[str, str]:
    """The fields for record.compose of one JobPosting; `ids` are the graph's nodes by @id."""
    known = _Values(posting, ids or {})
    text = known.text("description")
    duties, requirements = known.text("responsibilities"), known.text("qualifications")
    skills = known.listed("skills")
    if skills and not _within(skills, text + requirements):
        skills = skills if _NUMBERED.match(skills) or re.search("[熟掌精具了]", skills) else f"掌握{skills}"
        if text:
            text = f"{text}\n技能要求：\n{skills}"
        else:
            requirements = "\n".join(filter(None, [requirements, skills]))
    made = {
        "title": known.words("title") or known.words("name"),
        "organization": known.words("hiringOrganization"),
        "department": known.words("employmentUnit") or known.department(),
        "place": known.place(),
        "education": known.education(),
        "experience": known.experience(),
        "duties": "" if _within(duties, text) else duties,
        "requirements": "" if _within(requirements, text) else requirements,
        "text": text,
    }
    return {key: value for key, value in made.items() if value}


def is_posting(value: Any) -> bool:
    """Whether a JSON value is a schema.org JobPosting."""
    if not isinstance(value, dict):
        return False
    types = value.get("@type", value.get("type"))
    return any(
        isinstance(each, str) and _NAMESPACE.sub("", each) == "JobPosting"
        for each in (types if isinstance(types, list) else [types])
    )


def _text(values: Iterable[Any], described: bool = False) -> str:
    found: dict[str, None] = {}
    records: list[dict[str, str]] = []
    for value in values:
        ids = {node["@id"]: node for node in _nodes(value) if isinstance(node.get("@id"), str) and len(node) > 1}
        for posting in filter(is_posting, _nodes(value)):
            made = fields(posting, ids)
            body = made.get("text", "")
            whole = len(body) >= _LEAST and not body.endswith(("...", "…"))
            says = (whole if described else body) or made.get("duties") or made.get("requirements")
            if says and made not in records[-_NEAR:]:
                records.append(made)
    for made in records:
        text = compose(made)
        if len(records) > 1 and "title" in made:  # a field, since a bare line in the middle is no sure title
            text = f"岗位名称：{' '.join(made['title'].split())}\n{compose({**made, 'title': ''})}"
        found.setdefault(text)
    return "\n\n".join(found)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """All objects within a value, outer ones first, in the order of the text."""
    stack = [(value, 0)]
    while stack:
        node, depth = stack.pop()
        if isinstance(node, dict):
            yield node
            inner: Iterable[Any] = node.values()
        elif isinstance(node, list):
            inner = node
        else:
            continue
        if depth < _DEEPEST:
            stack += [(each, depth + 1) for each in reversed([*inner]) if isinstance(each, (dict, list))]


class _Values:
    """The values of a JobPosting as text, whatever form its site gives them."""

    def __init__(self, posting: dict[str, Any], ids: dict[str, Any]) -> None:
        self.posting = {_NAMESPACE.sub("", key): value for key, value in posting.items()}
        self.ids = ids

    def words(self, key: str) -> str:
        return " ".join(" ".join(self._strings(self.posting.get(key))[:1]).split())

    def text(self, key: str) -> str:
        """Blocks of text; a list of several values is numbered."""
        parts = [_plain(part) for part in self._strings(self.posting.get(key))]
        parts = [part for part in parts if part]
        if len(parts) > 1 and not any("\n" in part or _NUMBERED.match(part) for part in parts):
            parts = [f"{number}、{part}" for number, part in enumerate(parts, 1)]
        return "\n".join(parts)

    def listed(self, key: str) -> str:
        """Words and short phrases in one line, longer values in their own lines."""
        parts = [_plain(part) for part in self._strings(self.posting.get(key))]
        parts = [part for part in parts if part]
        if any(len(part) > 20 or "\n" in part for part in parts):
            return self.text(key)
        return "、".join(part.replace(", ", "、").replace(",", "、") for part in parts)

    def department(self) -> str:
        organization = self._object(self.posting.get("hiringOrganization"))
        return " ".join(self._strings(organization.get("department"))[:1])

    def place(self) -> str:
        places = self.posting.get("jobLocation")
        found: list[str] = []
        for place in places if isinstance(places, list) else [places]:
            node = self._object(place)
            address = node.get("address", place if not node else None)
            where = self._object(address)
            if where:
                parts = [" ".join(self._strings(where.get(key))[:1]) for key in ("addressRegion", "addressLocality")]
                parts = parts if any(parts) else [" ".join(self._strings(where.get("streetAddress"))[:1])]
                name = parts[0] if len(parts) == 1 or parts[1].startswith(parts[0]) is False else ""
                found.append(name + (parts[1] if len(parts) > 1 and parts[1] != parts[0] else ""))
            else:
                found += self._strings(address) or self._strings(node.get("name"))
        return "、".join(dict.fromkeys(" ".join(name.split()) for name in found if name.strip()))

    def education(self) -> str:
        value = self.posting.get("educationRequirements")
        nodes = [self._object(each) for each in (value if isinstance(value, list) else [value])]
        said = [text for node in nodes for text in self._strings(node.get("credentialCategory"))]
        said = said or self._strings(value)
        return "、".join(_CREDENTIALS.get(text.strip().lower(), _plain(text)) for text in said)

    def experience(self) -> str:
        value = self.posting.get("experienceRequirements")
        months = self._object(value).get("monthsOfExperience")
        if isinstance(months, (str, int, float)) and re.fullmatch(r"\d{1,3}(?:\.0)?", str(months)):
            years, rest = divmod(int(float(months)), 12)
            return "" if not (years or rest) else f"{years}年以上" if not rest else f"{years * 12 + rest}个月以上"
        return "".join(_plain(text) for text in self._strings(value)[:1])

    def _object(self, value: Any) -> dict[str, Any]:
        value = value[0] if isinstance(value, list) and value else value
        if not isinstance(value, dict):
            return {}
        if len(value) == 1 and isinstance(value.get("@id"), str):
            value = self.ids.get(value["@id"], value)
        return {_NAMESPACE.sub("", key): inner for key, inner in value.items()}

    def _strings(self, value: Any, depth: int = 0) -> list[str]:
        """The texts of a value: itself, its @value or name, or those of a list, Chinese ones alone if marked."""
        if isinstance(value, str):
            return [value] if value.strip() else []
        if isinstance(value, bool) or value is None or depth > 4:
            return []
        if isinstance(value, (int, float)):
            return [str(value)]
        if isinstance(value, list):
            chinese = [
                each for each in value if isinstance(each, dict) and str(each.get("@language", "")).startswith("zh")
            ]
            return [text for each in chinese or value for text in self._strings(each, depth + 1)]
        node = self._object(value)
        for key in ("@value", "name", "value", "text", "description", "legalName"):
            if found := self._strings(node.get(key), depth + 1):
                return found
        return []


def _plain(text: str) -> str:
    """The text of a value that may be HTML, once or twice escaped, or have its line breaks written out."""
    if "&lt;" in text and "<" not in text:
        text = entities.unescape(text)
    if "\n" not in text and "\\n" in text:
        text = text.replace("\\r", "").replace("\\n", "\n")
    return fragment.text_of(text).strip()


def _within(part: str, whole: str) -> bool:
    """Whether a text says nothing that another does not say word for word."""
    squeezed = "".join(part.split())
    return not squeezed or squeezed in "".join(whole.split())
