"""What a requirement states besides skills: education, years, majors, certificates, languages."""

from __future__ import annotations

import re
from typing import NamedTuple

from graphmodel.nodes import RequirementType
from loaders.fields_english import HINT, English, read_english

EDUCATION = ("初中", "高中", "中专", "大专", "本科", "硕士", "博士")
"""From the least to the most."""

_EDUCATION_WORDS = {
    "初中": "初中",
    "高中": "高中",
    "中专": "中专",
    "中技": "中专",
    "技校": "中专",
    "职高": "中专",
    "大专": "大专",
    "专科": "大专",
    "高职": "大专",
    "本科": "本科",
    "学士": "本科",
    "大学学历": "本科",
    "大学以上": "本科",
    "大学及以上": "本科",
    "硕士": "硕士",
    "研究生": "硕士",
    "研究所": "硕士",
    "博士": "博士",
}
_EDUCATION_WORD = re.compile("|".join(sorted(_EDUCATION_WORDS, key=len, reverse=True)))
_EDUCATION_CUE = re.compile(r"学历|学位|以上|毕业|文化程度|文凭|统招|全日制|在读|教育")
_BARE_EDUCATION = re.compile(
    rf"(?:大学|公办|985|211|双一流|[/、])*(?:{_EDUCATION_WORD.pattern})(?:[或、/](?:{_EDUCATION_WORD.pattern}))*生?"
)
_PREFERRED = re.compile("优先(?!级)|加分|更佳|为佳|尤佳|最佳|更好|最好|更受欢迎")
_CLAUSE = re.compile(r"[^，,。；;！!\n]+")

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NUMBER = r"(?:\d{1,2}(?:\.5)?|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_YEARS = re.compile(
    rf"(?<![\d第近])(?P<low>{_NUMBER}|半)\s*(?:[-~－—–～至到]\s*{_NUMBER}\s*)?(?P<unit>年|个月)(?P<half>半)?"
    r"(?![前后内度级月底终龄])(?!(?:以下|以内|之内|左右亦可))"
)
_YEARS_CUE = re.compile(r"经验|经历|工作|从业|从事|年限|以上|任职|资历")
_FIELD = re.compile(
    r"(?:年|个月)半?(?:\s*[(（]?含[)）]?)?\+?(?:及?其?以上|左右|或以上|以下)?(?:的|从事|于|在)*(?P<field>[^，,。；;、（）()]{2,20}?)"
    r"(?:相关|类|领域|方面|岗位|职位|行业)*的?(?:工作|从业|实战|实操)*(?:经验|经历)"
)
_FIELD_NOISE = re.compile(
    r"^(?:以上|及|的|相关|同等|同岗位|类似|本|该|工作|从业|岗位|职位|同类|同行|同业|行业|以下)+$|\d年|学历|大专|本科|硕士"
)
_BARE_YEARS = re.compile(rf"(?:经验|年限)?[：:]?{_NUMBER}(?:\s*[-~－—–～至到]\s*{_NUMBER})?\s*年(?:及?以上|左右)?")

_MAJORS = re.compile(
    r"(?P<list>[^，,。；;：:（）()]{2,60}?)(?:等)?(?:及|或|与|和)?(?:其他|其它)?(?:相关|相近|类|等|对口)*(?:的)?专业"
)
_FIRST_EDUCATION = re.compile(
    r"(?:统招|全日制)?(?:高中|中专|大专|专科|本科|硕士|博士)(?=[，,/ ]|[\u4e00-\u9fff]{2,10}专业)"
    r"(?!院校|[^，]{0,4}(?:室|在读))|.*专业的?(?:高中|中专|大专|专科|本科|硕士|博士)(?:[，。；]|\Z)"
)
"""Schooling that opens a requirement, or stands behind a major, needs no 学历: 本科，会计专业."""
_MAJORS_LEAD = re.compile(
    r".*(?:学历|毕业于|毕业|以上|学位|^(?:本科|大专|专科|硕士|博士|中专|高中)[，,]?|具备|具有|优先|统招|全日制|[:：])|^(?:专业要求|专业|所学|有|要求|以|需|须)+"
)
_MAJOR_SPLIT = re.compile(r"[、，,/]|或者?|以及|及(?!其)|和|与(?!.{0,2}工程)")
_NOT_MAJORS = frozenset(
    (
        "不限",
        "本科",
        "大专",
        "专科",
        "硕士",
        "博士",
        "相关",
        "一定",
        "所学",
        "其他",
        "同等",
        "理工科",
        "文科",
        "理科",
        "工科",
    )
)

_NAMED_CERTIFICATE = re.compile(
    r"(?:大学)?英语[四六八4-8]级|CET[-\s]?[46]|TEM[-\s]?[48]|专业?八级|雅思|托福|托业|普通话[一二三]级[甲乙]等|普通话等级证|"
    r"PMP|CPA|CFA|FRM|ACCA|CISA|CISSP|注册[\u4e00-\u9fff]{2,5}师|[初中高]级(?:会计|经济|审计|统计)师?"
    r"|[一二]级(?:注册)?建造师|(?:[ABC][123])?(?:驾照|驾驶证)",
    re.IGNORECASE,
)
_CERTIFICATE = re.compile(
    _NAMED_CERTIFICATE.pattern
    + r"|[\u4e00-\u9fffA-Za-z]{2,10}?(?:资格证书?|从业证书?|上岗证|职业资格|(?:从业|执业)资格(?!证)|执业证书?|健康证)"
    r"|导游证|健康证"
    r"|[\u4e00-\u9fff]{2,10}?师(?:[一二三四五初中高]级)?(?:资格)?证书?"
    r"|(?<=[有持得取备])[\u4e00-\u9fff]{1,8}?(?:作业|操作|从业|工|计)证(?![明据件照实券])|[\u4e00-\u9fff]{1,8}?工证(?![明据件照实券])",
    re.IGNORECASE,
)
_CERTIFICATE_HINT = re.compile(r"[证级照师雅托]")
_LETTERS = re.compile("[A-Za-z]{3}")
_CERTIFICATE_LEAD = re.compile(r"^(?:具有|具备|持有|持|有|取得|获得|拥有|需|须|要求|相关|者|并)+")
_LANGUAGES = {
    "英语": r"英[语文]|CET|雅思|托福",
    "日语": r"日[语文]|JLPT",
    "韩语": r"韩[语文]",
    "法语": r"法语",
    "德语": r"德语",
    "俄语": r"俄语",
    "西班牙语": r"西班牙语",
    "葡萄牙语": r"葡萄牙语",
    "阿拉伯语": r"阿拉伯语",
    "泰语": r"泰语",
    "越南语": r"越南语",
    "意大利语": r"意大利语",
    "粤语": r"粤语",
    "普通话": r"普通话|国语",
}
_LANGUAGE_HINT = re.compile("[语文雅托话CcJj]")
_LANGUAGE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _LANGUAGES.items()), re.IGNORECASE)


_HINT = re.compile("[年证级语]")
_HINT_WORD = re.compile(
    "个月|学历|学位|毕业|本科|大专|中专|专科|职科|高中|初中|硕士|博士|研究|专业|英文|日文|韩文|德文|俄文|经验|经历|"
    "普通话|驾照|雅思|托福"
)
_HINT_LETTERS = re.compile("[A-Z]{3}")
"""Without one of these hints a text states none of the fields; each is of a kind that is searched for quickly."""


_NO_ENGLISH = English()


class Fields(NamedTuple):
    """The properties of a Requirement that its text states."""

    type: RequirementType = "other"
    education: str | None = None
    min_years: float | None = None
    experience_field: str | None = None
    majors: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def read_fields(text: str, skill_types: tuple[str, ...] = ()) -> Fields:
    """The fields of a requirement. `skill_types` are the types of the skills found in it; they decide its own type."""
    english = read_english(text) if HINT.search(text) else English()
    if english == _NO_ENGLISH and not (_HINT.search(text) or _HINT_WORD.search(text) or _HINT_LETTERS.search(text)):
        return Fields(_type(text, False, False, False, skill_types))
    clauses: list[str] = _CLAUSE.findall(text)
    required = [clause for clause in clauses if not _PREFERRED.search(clause)] if _PREFERRED.search(text) else clauses
    education = _education(text, required) or english.education
    majors = _majors(text) if "专业" in text else english.majors
    min_years, name = None, None
    if "年" in text or "个月" in text:
        min_years = _years(required, bool(_BARE_YEARS.fullmatch(text)))
        if "经" in text and (field := _FIELD.search(text)) and not _FIELD_NOISE.search(field["field"]):
            name = field["field"]
    min_years = english.min_years if min_years is None else min_years
    found = _LANGUAGE.finditer(text) if _LANGUAGE_HINT.search(text) else ()
    languages = tuple(dict.fromkeys([*(str(match.lastgroup) for match in found), *english.languages]))
    experience = min_years is not None or name is not None
    kind = _type(text, bool(education or majors), experience, bool(languages), skill_types)
    return Fields(kind, education, min_years, name, majors, _certificates(text), languages)


def _education(text: str, required: list[str]) -> str | None:
    if not _EDUCATION_WORD.search(text) or not (
        _EDUCATION_CUE.search(text) or _BARE_EDUCATION.fullmatch(text) or _FIRST_EDUCATION.match(text)
    ):
        return None
    found = [_EDUCATION_WORDS[word] for clause in required for word in _EDUCATION_WORD.findall(clause)]
    return min(found, key=EDUCATION.index) if found else None


def _number(text: str) -> float:
    if text == "半":
        return 0.5
    if text[0].isdigit():
        return float(text)
    tens, ten, ones = text.partition("十")
    return _DIGITS.get(tens, 1 if ten else 0) * (10 if ten else 1) + _DIGITS.get(ones, 0)


def _years(required: list[str], bare: bool) -> float | None:
    """The most of what must all hold; of alternatives in one clause, or by education, the first said for the least."""
    conditions: list[tuple[int, float]] = []
    for clause in required:
        if not bare and not _YEARS_CUE.search(clause):
            continue
        found = [
            (_number(m["low"]) + (0.5 if m["half"] else 0)) / (12 if m["unit"] == "个月" else 1)
            for m in _YEARS.finditer(clause)
        ]
        if found:
            levels = [EDUCATION.index(_EDUCATION_WORDS[word]) for word in _EDUCATION_WORD.findall(clause)]
            conditions.append((min(levels, default=-1), min(found) if "或" in clause else max(found)))
    if not conditions:
        return None
    levels_met = {level for level, _ in conditions if level >= 0}
    if len(levels_met) > 1:
        conditions = [c for c in conditions if c[0] in (-1, min(levels_met))]
    years = max(value for _, value in conditions)
    return years if 0 < years <= 30 else None


def _majors(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in _MAJORS.finditer(text.replace("，", "、")):
        names = _MAJORS_LEAD.sub("", match["list"])
        for name in _MAJOR_SPLIT.split(names):
            name = re.sub(r"^(?:有|是|为|的)|(?:等|类|的|方向)+$", "", name.strip())
            if 2 <= len(name) <= 12 and name not in _NOT_MAJORS and "专业" not in name:
                found.append(name)
    return tuple(dict.fromkeys(found))


def _certificates(text: str) -> tuple[str, ...]:
    if not (_CERTIFICATE_HINT.search(text) or "职业资格" in text or _LETTERS.search(text)):
        return ()
    certificate = _CERTIFICATE if "证" in text or "职业资格" in text else _NAMED_CERTIFICATE
    found = [_CERTIFICATE_LEAD.sub("", match.group()) for match in certificate.finditer(text)]
    return tuple(dict.fromkeys([name for name in found if len(name) > 1]))


def _type(
    text: str, education: bool, experience: bool, languages: bool, skill_types: tuple[str, ...]
) -> RequirementType:
    """The type of a requirement, of which it is known whether it states the first three."""
    if education or "学历" in text or "毕业" in text:
        return "education"
    if experience or "经验" in text or "经历" in text:
        return "experience"
    traits = skill_types.count("trait")
    if languages and traits + skill_types.count("tool") == 0:
        return "language"
    if not skill_types:
        return "other"
    return "trait" if traits * 2 > len(skill_types) else "skill"
