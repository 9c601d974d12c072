"""What words count where they stand: whether they ask for the skill whose words they are.

A bare 认真 in a duty, 数据分析 before 部门, a subject of study outside a degree, the purpose after 以确保 ask for
nothing, nor do the members of a list of examples (钻床、磨床等设备的检修), nor characters that belong to two other
words (展会 in 开展会谈).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Literal, NamedTuple

from graphmodel.nodes import SkillType, Span
from graphmodel.relations import Method
from loaders.clauses import Clause
from loaders.cues import VERB

INDUSTRIES = "skill:industry-knowledge"
"""Trades: a short label of a narrower skill, in a duty, is only what the work is about."""

Section = Literal["duty", "requirement"]

Hit = tuple[int, int, int, int, str, int, int, int, Method, tuple[Span, ...], Clause]
"""Words that may stand for a skill: object, size, spread, start, skill, number, end, head, method, pieces, clause.

They sort as they win. `object` and `size` are the lengths of the head, which is the object's piece, and of all pieces,
both negative: greater ones come first, then those of less `spread` from `start` to `end`. `number` counts the hits of
an item. The head starts at `head`. `pieces` are the words without what is between, empty if nothing is between. A
plain tuple, since there are many for each one that wins.
"""


_HOLDER = re.compile(
    r"(?:相关|等|管理)?(?:部门|部(?![分署件位落队])|团队|小组|专员|经理|主管|总监|助理|工程师|师(?![资生傅范])|专家|同事|"
    r"岗位?|中心|负责人|从业者|公司|企业|人员|同学|外包商|顾问|[教老讲导]师|医生|司机|店长|员(?!工)|工(?![作程具艺资会业厂种时期地序单位件人商信])|"
    r"手(?![续册段机工法把里])|应(?![收付用急聘届变对])|要(?![求点素务客领闻])|"
    r"行业(?!经验|知识|背景|[、，,或]|相关|从业|领域|工作))"
)
"""What follows a skill where the words name people or a place and not the skill."""

_HOLDERS = re.compile(
    r"(?:[、和与及][^，。；、和与及的（）]{1,4}){1,3}(?<![培训管理激励考核])(?:员工|人员|部门|同事|同学|工程师|主管|团队)"
)
"""The same where the words are in a list: 客房、礼宾员工."""

_LISTED = (
    r"(?:(?:[、/和与及或][^，,。；;：:（）()等][^、/和与及或，,。；;：:（）()等]{0,9})++[、/和与及或]?|、?)等"
    r"(?:其[他它]|各[类种项]?|多[种个]|相关|外部|后勤|关键|主要|核心|所有|类|的|业务|突发)*+"
)
"""A list and what is said of its kind. Only one way leads through it: with more, a long list takes forever."""

_THINGS = (
    r"设备|器[材具]|供应商|外包商?|合作方|人员|员工|部门|岗位|团队|客源|客户|[物材]料|物[品资]|税[费种]|商品|产品|指标|"
    r"[单票数]据|费用|信息|资料"
)
_EXAMPLE = re.compile(f"{_LISTED}(?:{_THINGS})")
_SHORT_EXAMPLE = re.compile(f"{_LISTED}(?:{_THINGS}|流程|玩法|环节|异常|问题|手段|方式|情况)")
"""What follows a member of a list of things: 钻床、磨床等设备的检修 asks for the upkeep and not for its examples."""

_FOR = re.compile(r"(?<![作成行认较称视])为(?![主了期首止])")
_GIVE = re.compile(r"提供|收集|建立|做好|办理|制定|出具|打下|奠定|创造|输送")

_PUPIL = re.compile(r"参加|接受|服从|免费|听取|享受")
_REACH = 30
_LETS = re.compile(r"组织(?!的)|安排|督促|带领|鼓励|协助|确保|负责")
_BESIDE = re.compile(
    r"(?:与(?<!参与)|和(?<![\u4e00-\u9fff]和)|跟(?<![\u4e00-\u9fff]跟)|给(?<![供交送发报传]给)|向(?<![面方导定转]向)|配合|联合|协同|对接)"
    r"([^，,。；;：:、和与及的]{1,5}(?:[、和与及][^，,。；;：:、和与及的]{1,5}){0,4}?)"
    r"(?:保持|进行|充分|密切|及时|共同|一起)*"
    r"(?:沟通|联调|提出|提需求|协作|协同|说明|讲解|讨论|反馈|完成|确认|打磨|碰)"
)
"""A list of people with whom or for whom something is done; what they are called after is their work and not ours."""

_TALK = ("沟通", "联调", "提出", "提需", "协作", "协同", "说明", "讲解", "讨论", "反馈", "完成", "确认", "打磨", "碰")
"""What closes one of them, which is looked for sooner."""

_NOBODY: frozenset[int] = frozenset()

_ELSEWHERE = re.compile(
    r"[^，,。；;]{0,14}(?:设计|剪辑|视觉|美工|详情页|主图|首页|页面|海报|客服|咨询|订单|发货|售后|物流|退换|直播间进)"
)
_RUN = re.compile("运营|经营|推广|营销|投放")

HOLDER_STARTS = frozenset("、和与及顾教老讲导医司店相等管部团小专经主总助工师同岗中负从公企人行员手外应要")
LIST_GOES_ON = frozenset("、/和与及或等")
"""What names_holder and is_example begin with; the latter needs 等."""

_GOES_ON = (
    "工作",
    "能力",
    "经验",
    "流程",
    "情况",
    "知识",
    "操作",
    "计划",
    "方法",
    "方案",
    "优先",
    "相关",
    "数据",
    "设计",
    "进行",
    "等工作",
)
"""Nouns after any label, which are never the end of a word that begins in it: 化工 is none in 商业化工作."""

_DEGREE = re.compile(r"专业(?![化的能技知素水人精性])|学位|毕业")
_MAJORS = re.compile(
    r"(?:[，,] ?[^，,。；;：: ]{1,8}){0,30}[，,] ?[^，,。；;：: ]{1,8}?(?:等|类|相关)*专业(?![化的能技知素水人精性])"
)
"""What follows a clause that is a member of a list of majors: 会计，金融，法学等专业."""

_ASKS = re.compile(r"[^，,。；;：:]{0,8}(?:需要|要求|希望|期待|必须|应具备)(?:你|您|的你|的是|应聘者|候选人)?[：:是]")
"""What leads in traits among duties: 我们需要：性格外向."""

_ENGLISH_DEGREE = re.compile(r"\b(?:[dD]egree|[mM]ajor(?:ed|s|ing)?|[bB]achelor|[dD]iploma)\b")
_STUDY = re.compile(_DEGREE.pattern + "|知识|原理|理论|基础|背景")
ABILITY = re.compile(r"能力|经验|技能|技巧|意识|精神|素质|素养")


class Context(NamedTuple):
    """What deciding needs to know of the taxonomy.

    It is the type and the name of each skill, which are subjects of study, all words and their first two
    characters, all skills above each, (skill, label) of those labels that name a subject of study as well, and the
    skills of running a platform that are also known by its bare name. `majors` are (subject, words) that name it only
    where a text speaks of a degree after them, `fields` all words that name a subject.

    `duty`, `requirement`, `degree` are the skills that do not always count: in a duty, in a requirement, and in a
    requirement that speaks of a degree.
    """

    types: Mapping[str, SkillType]
    names: Mapping[str, str]
    subjects: Collection[str]
    duty: Collection[str]
    requirement: Collection[str]
    degree: Collection[str]
    words: Collection[str]
    begins: Collection[str]
    broader: Mapping[str, Collection[str]]
    studied: Collection[tuple[str, str]]
    platforms: Collection[str]
    majors: Collection[tuple[str, str]]
    fields: Collection[str]


def context(
    types: Mapping[str, SkillType],
    names: Mapping[str, str],
    subjects: frozenset[str],
    words: frozenset[str],
    broader: Iterable[tuple[str, str]],
    studied: frozenset[tuple[str, str]],
    platforms: frozenset[str],
    majors: frozenset[tuple[str, str]],
    fields: frozenset[str],
) -> Context:
    """The context of a taxonomy; `broader` are pairs of a skill and one that is directly above it."""
    above = _all_above(broader)
    duty = platforms | {skill for skill, kind in types.items() if kind in ("trait", "knowledge")}
    degree = frozenset(skill for skill, kind in types.items() if kind == "skill" or INDUSTRIES in above.get(skill, ()))
    begins = frozenset(word[:2] for word in words)
    return Context(
        types,
        names,
        subjects,
        duty | subjects,
        subjects,
        degree | subjects,
        words,
        begins,
        above,
        studied,
        platforms,
        majors,
        fields,
    )


def _all_above(broader: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    parents: dict[str, set[str]] = defaultdict(set)
    for skill, parent in broader:
        parents[skill].add(parent)
    above = {skill: set(direct) for skill, direct in parents.items()}
    for known in above.values():
        due = list(known)
        while due:
            more = parents.get(due.pop(), set()) - known
            known |= more
            due += more
    return above


def careful(
    text: str, section: Section, context: Context
) -> tuple[Collection[str], Callable[[str, Hit, Context], bool]]:
    """The skills that do not always count in an item, and what decides on a hit of theirs."""
    if section == "duty":
        return context.duty, _counts_in_duty
    degree = "专业" in text or "学位" in text or "毕业" in text
    if (degree and _DEGREE.search(text)) or ("r" in text and _ENGLISH_DEGREE.search(text)):
        return context.degree, _counts_in_requirement
    return context.requirement, _counts_in_requirement


def names_holder(text: str, end: int) -> bool:
    """Whether words that end at `end` name people or a place and not the skill."""
    if text.startswith("员工", end):
        return VERB.fullmatch(text, end - 2, end) is None
    if text[end] in "、和与及":
        return _HOLDERS.match(text, end) is not None and VERB.fullmatch(text, end - 2, end) is None
    return _HOLDER.match(text, end) is not None


def is_beneficiary(text: str, clause: Clause, start: int, end: int) -> bool:
    """Whether words stand between 为 and what is given: 为产品优化收集建议. Only looked at where the text has 为."""
    stop = clause.end if clause.end >= 0 else len(text)
    return (
        _FOR.search(text, clause.start, start) is not None
        and _GIVE.search(text, end, stop) is not None
        and _GIVE.search(text, clause.start, start) is None
    )


def is_pupil(text: str, clause: Clause, end: int) -> bool:
    """Whether words that end in 培训 at `end` are training that one is given: 参加公司组织的培训."""
    start = max(clause.start, end - _REACH)
    given = _PUPIL.search(text, start, end)
    return given is not None and _LETS.search(text, start, given.start()) is None


def beside(text: str) -> frozenset[int]:
    """Where the characters stand of those with whom something is done: 编导和剪辑 in 给编导和剪辑提出建议."""
    for word in _TALK:
        if word in text:
            return frozenset(place for found in _BESIDE.finditer(text) for place in range(*found.span(1)))
    return _NOBODY


def is_example(text: str, end: int, size: int) -> bool:
    """Whether words that end at `end` are an example of other things; `size` is their length, negative."""
    return (_EXAMPLE if size < -2 else _SHORT_EXAMPLE).match(text, end) is not None


def is_cut(text: str, start: int, end: int, context: Context) -> bool:
    """Whether words are the pieces of two others: 展会 in 开展会谈, 培养基 in 培养基层, 对账 in 核对账目."""
    last = end - 1
    if end == len(text) or text[last : end + 1] not in context.begins:
        return False
    if text.startswith(_GOES_ON, end):
        return False
    words = context.words
    if end - start > 2 and text[start:last] not in words:
        return False
    if not (text[last : end + 1] in words or text[last : end + 2] in words or text[last : end + 3] in words):
        return False
    return end - start > 2 or (
        start > 0
        and (
            text[start - 1 : last] in words
            or text[max(0, start - 2) : last] in words
            or text[max(0, start - 3) : last] in words
        )
    )


def _counts_in_duty(text: str, hit: Hit, context: Context) -> bool:
    _, size, _, _, skill, _, end, _, method, _, _ = hit
    if skill in context.subjects:
        return False
    if context.types[skill] == "trait":
        return ABILITY.search(text, end - 2, end + 2) is not None or _ASKS.match(text) is not None
    if (
        size > -5
        and skill in context.platforms
        and _ELSEWHERE.match(text, end)
        and not _RUN.search(text, end, end + 14)
    ):
        return False  # 女装 in 搭配女装 is what is sold, and not the trade
    return method != "label" or size < -3 or INDUSTRIES not in context.broader.get(skill, ())


def _counts_in_requirement(text: str, hit: Hit, context: Context) -> bool:
    """Of subjects, and in a text that speaks of a degree."""
    _, size, _, start, skill, _, end, _, _, _, clause = hit
    clause_end = clause.end if clause.end >= 0 else len(text)
    word = text[start:end].lower()
    english = text[start] < "\u0080" and _ENGLISH_DEGREE.search(text, max(0, start - 200), end + 200) is not None
    listed = start == clause.start and end == clause_end and _MAJORS.match(text, clause_end) is not None
    if skill in context.subjects:
        if (skill, word) in context.majors:
            return listed or english or _DEGREE.search(text, end, clause_end) is not None
        return listed or english or _STUDY.search(text, clause.start, clause_end) is not None
    if listed or english:
        before = True
    else:
        named = _DEGREE.search(text, clause.start, clause_end)
        before = named is not None and end <= named.start()
    # 会计专业: before 专业 the name of a skill is that of a subject, unless there is none or the skill is known so too
    return (
        not before
        or (not hit[9] and word not in context.fields)
        or (skill, word) in context.studied
        or (context.types[skill] == "knowledge" and size < -3)
        or ABILITY.search(text, end, end + 6) is not None
    )
