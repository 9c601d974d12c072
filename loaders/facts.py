"""What a posting states besides items: department, superior, next step, indicators and place."""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.heading_words import WORDS
from loaders.names import DEPARTMENT, ROLE, clean
from loaders.numbering import pieces
from loaders.sentences import sentences, trim


class Statement(NamedTuple):
    """`name` is stated in text[start:end]; `relation` is one of relations.FACT_RELATIONS, or organization, or place.

    `source` is the role that a step leads from, None if it is the one described.
    """

    relation: str
    name: str
    start: int
    end: int
    definition: str | None = None
    goal: str | None = None
    source: str | None = None


_LABELS = {
    word: kind
    for word, kind in WORDS.items()
    if kind in ("department", "superior", "organization", "place", "field", "title") and not word.isascii()
}
_LONG = sorted((w for w in _LABELS if len(w) >= 3), key=lambda w: (-len(w), w))
_FIRST = sorted({word[0] for word in _LABELS})
_BEFORE = r"\w\s：:，,；;。|（(】\]"
_LABEL = "|".join(
    first
    + f"(?<![^{_BEFORE}]{first})(?:"
    + "|".join(word[1:] for word in sorted(_LABELS, key=lambda w: (-len(w), w)) if word[0] == first)
    + ")"
    for first in _FIRST
)
_WITHIN = r"(?<=[A-Za-z&]) (?=[A-Za-z&])"
"""A blank between two words of one English value: Data Team."""
_FIELD = re.compile(
    rf"(?P<label>{_LABEL})"
    rf"(?P<colon>[ \t]*[：:|][ \t]*|\n(?=[^\n]{{2,20}}(?:\n|$))|[ \t]*)"
    rf"(?P<value>(?:[^\s，,；;。：:|【】\[\]]|{_WITHIN}){{0,24}}?)"
    rf"(?=(?!{_WITHIN})\s|$|[，,；;。|【\[]|(?:{'|'.join(_LONG)})|岗位职责|工作职责|职位职责|任职)"
)
_FORM = re.compile(
    "岗位名称|职位名称|岗位编号|职位编号|[所隶归][属在]部门|直[接属]上级|督导上级|上级[岗职]位|汇报对象|直接下级"
)
_RELATION = {"department": "BELONGS_TO", "superior": "REPORTS_TO", "organization": "organization", "place": "place"}
_VALUE_LENGTH = 16
_PLACE_LENGTH = 40
_NO_PLACE = re.compile(r"[。；;：:\n]|^(?:无|暂无|不限|待定)$")
_NO_VALUE = re.compile(r"[，,；;。：:、\n\t]|(?<![A-Za-z&]) | (?![A-Za-z&])|^(?:无|暂无|不限|待定)$")
_HEAD_OF = re.compile(
    r"(?P<name>(?!总)[\u4e00-\u9fff]{2,8}(?:部门|部|中心))(?:总经理|经理|总监|主管|主任|部长|负责人|领班|组长)\Z"
)
_IN_TITLE = re.compile(
    r"(?P<name>(?!总|分|大区|区域|项目|全国|俱乐|干|内|外)[\u4e00-\u9fff]{2,8}?(?:部门|(?<!事业)部))(?=[\u4e00-\u9fff]{2})(?!门|长|分|总)"
)
_REPORTS = re.compile(
    r"[向对在](?:(?<!在)(?P<a>[\u4e00-\u9fffA-Za-z]{2,12}?)(?:直接)?(?:汇报|负责并汇报)"
    r"|(?<=在)(?P<b>[\u4e00-\u9fffA-Za-z]{2,12}?)的?(?:直接)?领导下)"
)
_BELONGS = re.compile(r"[隶归从]属(?:于|(?<!从属))(?P<name>[\u4e00-\u9fffA-Za-z]{2,14}?(?:部门|部|中心|事业部|处|科))")
_UNDER = re.compile(
    r"(?:是|为|系)(?:总公司|集团公司|公司|集团)*(?P<name>[\u4e00-\u9fffA-Za-z]{2,10}?(?:事业部|部门|部|中心|处))"
    r"(?:下设|下属|所属|直属|下辖|管理)的"
)
_HEADS = re.compile(
    r"主持(?P<name>[\u4e00-\u9fffA-Za-z]{2,12}?(?:部门|部|中心|处|科))的?(?:全面|日常|行政|管理|各项|整体)*工作"
)
_PLACED = re.compile("主持|汇报|领导下|隶属|归属|从属|下设|下属|所属|直属|下辖")
_STEP = re.compile(
    r"(?:(?:可|能)?(?:晋升|升任|晋级|提升|发展|成长)(?:为|至|到|成为|成)|(?:向|往|朝)(?:着)?)(?P<name>[^，,。；;：:]{2,24}?)(?:等(?:岗位|职位|方向)?)?(?:方向)?(?:发展|晋升|转型|迈进|进阶|(?=[，,。；;]|$))"
)
_ARROW = re.compile(r"\s*(?:→|->|—>|—+|–+|-+|＞|>|=>|⇒|➔|至|到)\s*")
_SEVERAL = re.compile(r"[、/]|以及|或者?|和|及")
_NAME = re.compile(r"[^\s、，,。；;：:/→]+")
_IN_CHARGE_OF = re.compile("(?:公司|集团)?(?:分管|主管)(?:的|公司|集团)?(?=[副总]|[\u4e00-\u9fff]{2,6}(?:总监|经理))")
_VAGUE = re.compile(r"(?:上级|领导|公司|客户|其|各|相关|主管领导|部门领导|直属|管理层|高层|用户|总部)")
_AIM = re.compile(
    r"(?:中心|部门|部|岗位|团队|人员|职位)的(?:主要|工作|核心|最终)?目标(?:就)?(?:是|在于)(?P<goal>[^。；;\n]{6,80})"
)
_FIRST_WORDS = re.compile(r"(?:(?!不低于|达到|控制在)[^，,、（(≥≤\d]){2,16}")
_LABELLED = re.compile(r"[\s\d、.．（()）•◆●-]*(?P<name>[^，,。；;：:（(\n]{2,16})[：:](?P<rest>.+)", re.DOTALL)
_GOAL = re.compile(
    r"(?:不低于|不高于|不超过|不少于|达到|控制在|≥|≤|>=|<=|低于|高于|大于|小于|以上|以内|100\s*[%％]|\d+(?:\.\d+)?\s*[%％])"
)


def fields(text: str, start: int, end: int, labelled: bool) -> list[Statement]:
    """Labelled fields (所属部门：…), and the forms that lost their table lines (职位名称…所属部门…职位编号…).

    `labelled` tells that a label with its colon was met there.
    """
    found = []
    flat = len(set(_FORM.findall(text, start, end))) >= 2
    if not flat and not labelled:
        return []
    for field in _FIELD.finditer(text, start, end):
        kind = _LABELS[field["label"]]
        relation = _RELATION.get(kind)
        value = field["value"].strip("（）() ")
        if relation is None or len(value) < 2 or value in _LABELS:
            continue
        if not field["colon"].strip() and not (flat and len(field["label"]) > 2):
            continue
        if relation == "BELONGS_TO" and not (DEPARTMENT.search(value) or field["label"] != "部门"):
            continue
        if relation == "organization" and field["label"] == "公司" and len(value) < 4:
            continue
        name = value if relation == "place" else clean(value) or value
        found.append(Statement(relation, name, field.start("value"), field.end("value")))
    return found


def field(text: str, kind: str, start: int, end: int) -> list[Statement]:
    """What a field of a form states whose label and end are known."""
    relation = _RELATION.get(kind)
    start, end = trim(text, start, end)
    value = text[start:end]
    if relation == "place" and 2 <= len(value) <= _PLACE_LENGTH and not _NO_PLACE.search(value):
        return [Statement(relation, value, start, end)]
    if relation is None or not 2 <= len(value) <= _VALUE_LENGTH or value in _LABELS or _NO_VALUE.search(value):
        return []
    return [Statement(relation, clean(value) or value, start, end)]


def belonging(superior: Statement) -> Statement | None:
    """The department that the name of a superior tells: 茶馆部经理."""
    match = _HEAD_OF.match(superior.name)
    if not match:
        return None
    end = superior.start + len(match["name"])
    return Statement("BELONGS_TO", match["name"], superior.start, end)


def belonging_by_title(title: str, start: int, end: int, text: str) -> Statement | None:
    """The department that a title at text[start:end] names before the role: 茶艺部领班."""
    match = _IN_TITLE.match(title)
    if not match or not text.startswith(match["name"], start, end):
        return None
    return Statement("BELONGS_TO", match["name"], start, start + len(match["name"]))


def sentences_on_place(text: str, start: int, end: int) -> list[Statement]:
    """向…汇报, 在…领导下, 隶属于…"""
    found: list[Statement] = []
    if not _PLACED.search(text, start, end):
        return found
    for match in _REPORTS.finditer(text, start, end):
        for name, a, b in _each(text, *match.span("a" if match["a"] else "b")):
            led = _IN_CHARGE_OF.match(name)
            name, a = (name[led.end() :], a + led.end()) if led else (name, a)
            if not _VAGUE.match(name):
                found.append(Statement("REPORTS_TO", name, a, b))
    for match in (
        *_BELONGS.finditer(text, start, end),
        *_UNDER.finditer(text, start, end),
        *_HEADS.finditer(text, start, end),
    ):
        if not _VAGUE.match(match["name"]) and match["name"] not in ("部门", "本部门"):
            found.append(Statement("BELONGS_TO", match["name"], match.start("name"), match.end("name")))
    return found


def goals(text: str, start: int, end: int) -> list[Statement]:
    """The goal of the work where a sentence states it: X的目标是…"""
    if text.find("目标", start, end) < 0:
        return []
    return [
        Statement("MEASURED_BY", "目标", match.start("goal"), match.end("goal"), match["goal"], match["goal"])
        for match in _AIM.finditer(text, start, end)
    ]


def career(text: str, start: int, end: int, title: str) -> list[Statement]:
    """The next steps that a section on careers states: 可晋升为…, 向…发展, 专员→主管→经理."""
    found = []
    for a, b in sentences(text, start, end):
        found += _ladder(text, a, b, title)
        names = list(_NAME.finditer(text, a, b))
        if not _ARROW.search(text, a, b) and all(ROLE.search(name[0]) and len(name[0]) <= 12 for name in names):
            found += [Statement("LEADS_TO", name[0], name.start(), name.end()) for name in names]
        for match in _STEP.finditer(text, a, b):
            for name, place, stop in _each(text, *match.span("name")):
                if not re.match(r"(?:更高|上一级|不同|其他|多|各)", name):
                    found.append(Statement("LEADS_TO", _bare(name), place, stop))
    return found


def _each(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The roles in a list of names, with their places: 财务总监、副总经理."""
    found: list[tuple[str, int, int]] = []
    place = start
    for mark in [*_SEVERAL.finditer(text, start, end), None]:
        a, b = trim(text, place, mark.start() if mark else end)
        name = text[a:b].strip("的 ")
        if len(name) > 1 and ROLE.search(name):
            found.append((name, a, b))
        place = mark.end() if mark else end
    return found


def _ladder(text: str, start: int, end: int, title: str) -> list[Statement]:
    place = start
    rungs = []
    for arrow in [*_ARROW.finditer(text, start, end), None]:
        stop = arrow.start() if arrow else end
        a, b = trim(text, place, stop)
        label = max(text.rfind(c, a, b) for c in "：:、")
        a = label + 1 if label >= a else a
        rungs.append((text[a:b], a, b))
        if arrow:
            place = arrow.end()
    if len(rungs) < 2 or sum(bool(ROLE.search(name)) and len(name) <= 12 for name, _, _ in rungs) < len(rungs) - 1:
        return []
    names = [name for name, _, _ in rungs]
    own = names.index(title) if title in names else 0
    return [
        Statement("LEADS_TO", name, a, b, source=None if i == own else names[i])
        for i, (name, a, b) in enumerate(rungs[1:])
        if ROLE.search(name) and (i == own or ROLE.search(names[i]))
    ]


def _bare(name: str) -> str:
    """Without the employer's possessive: 港口的引航主管 -> 引航主管."""
    return name.rpartition("的")[2] or name


def indicators(text: str, start: int, end: int) -> list[Statement]:
    """The indicators of a section: its numbered items, or the names that it lists between marks."""
    listed = [(piece.start, piece.end) for piece in pieces(text, start, end) if piece.level]
    lines = [(a, b) for a, b in sentences(text, start, end) if _LABELLED.fullmatch(text, *trim(text, a, b))]
    if not listed and lines:
        listed = lines
    elif not listed:
        listed = [name.span() for name in _NAME.finditer(text, start, end)]
    return [indicator(text, a, b, None) for a, b in listed if trim(text, a, b)[0] < trim(text, a, b)[1]]


def indicator(text: str, start: int, end: int, heading: str | None) -> Statement:
    """The indicator that text[start:end] states: named by its label, by `heading`, or by its first words."""
    start, end = trim(text, start, end)
    labelled = _LABELLED.match(text, start, end)
    if labelled:
        a, b = trim(text, labelled.start("rest"), end)
        return _stated(text, labelled["name"].strip(), start, end, a, b)
    if heading is None and end - start <= 16 and not _GOAL.search(text, start, end):
        return Statement("MEASURED_BY", text[start:end], start, end)
    first = _FIRST_WORDS.match(text, start, end)
    return _stated(text, heading or (first[0] if first else text[start:end]), start, end, start, end)


def _stated(text: str, name: str, start: int, end: int, a: int, b: int) -> Statement:
    words = text[a:b].replace("\n", "")
    return Statement("MEASURED_BY", name, start, end, words or None, words if _GOAL.search(words) else None)
