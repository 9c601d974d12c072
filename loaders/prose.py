"""Sentences of job documents: which of them state a duty or a requirement, without the words around the statement.

Texts about jobs wrap their statements: in a subject (他们需要…, 该岗位负责…), a definition (X是…的岗位，负责…), an
opening (此外，…). What remains is what the role does or must have; a sentence that only defines, introduces or
concludes states nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.cues import ABILITY, PLAIN, VERB, Side, is_noise, one_of, told
from loaders.lead_ins import is_lead_in
from loaders.numbering import in_brackets
from loaders.sentences import trim


class Statement(NamedTuple):
    """text[start:end] states a duty or requirement; `side` is None where the words do not tell."""

    start: int
    end: int
    side: Side | None


_COMMA = re.compile(r"[，,]")
_SHORTEST = 5
"""A clause of fewer characters goes with the one behind it (实地踩线，考察酒店)."""
_MODAL = re.compile(
    r"(?:还|也|则|均|都|又|既|同时|主要|通常|一般|不仅|更)*"
    r"(?:必须|需要|应该|应当|能够|可以|须要|需|应|须|要(?!求)|能|可|将|会|得)*(?:还|也|不断|时刻)?"
)
_HAS = re.compile(r"有(?!效|序|关|针对|计划|步骤|组织|条不紊)")
_NEED = re.compile(r"[需应须要必]")
_POST = one_of("岗位 职位 职务 角色 部门 团队 中心 岗 人员 职业 工作")
_PERSON = one_of("您 员工 候选人 求职者 从业者 任职者 (?:从业|任职|岗位|工作|在岗|相关|应聘)(?:人员|者)")
_PRONOUN = re.compile(
    rf"(?:他们|她们|它们|他/她|他（她）|他|她|其(?![他它中余次实])|(?:该|本|此|这一|这个|这){_POST}(?:人员|员工)?"
    rf"|{_PERSON}(?=(?:还|也|主要|则)?(?:必|需|应|须|要|能|可以|将|负责)))"
)
_ASPIRANT = re.compile(
    r"(?:从事|想当|想做|想要?成为|要想|成为|担任|胜任|应聘|做(?!好|到))[^，。；]{1,14}?"
    r"(?:(?=必须|需要|应具备|应该|要有|要求)|需(?=具备|熟悉|掌握|要))"
)
"""Who wants the job as the subject: 从事这个岗位|需要…, 想当导游|必须…"""
_KIN = re.compile(
    r"(?:岗位|团队|人员|部门|专员|岗|者|们|员工|工作者|工作)*(?:的(?=人员|员工|团队))?(?:人员|员工|团队)?"
)
_PREDICATE = re.compile(
    r"(?:还|也|则|主要|通常|既|不仅|同时|全面|直接|具体)*"
    + one_of("""
    是(?!否) 负责 需 应 必 须 要 能 可以 的 通过 根据 将 致力 属于 作为 扮演 承担 利用 结合 为 对 从 在 以 把 让
    指""")
)
_OPENING = re.compile(
    one_of("此外 另外 同时 总之 并且 而且 综上所述 与此同时 除此之外")
    + r"[,，、:：]?\s*|"
    + one_of("""
    总而言之 总的来说 总体来说 总体而言 综上 总结 首先 其次 再次 再者 最后 最终 因此 所以 其中 具体来说 一方面
    另一方面 简而言之 由此可见 当然 例如 不仅如此 第[一二三四五六] 一是 二是 三是 四是 五是""")
    + r"[,，、:：]\s*"
    + r"|[一二三四五六七八九十]是(?=[\u4e00-\u9fff]{4})"
)
_CIRCUMSTANCE = re.compile(
    one_of("""
    对(?!.{2,24}负.{0,2}责) 与 为 将 向 从 在 以 用 按 及时 随时 合理 有效 了解 结合 根据 基于 面对 围绕""")
)
_IS = re.compile(r"(?:也|还|更)?是(?!否)")
_MUST = re.compile(r"(?:还|也|则)?(?:(?:全面|主要|具体|直接)?负责|需|应|必须|要|须)")
_DEFINES = re.compile(
    r"(?:岗位|职位)?(?:既|就|也|主要|通常|不仅)?(?:是(?!否)|属于|作为|扮演|指的是|指"
    r"|在.{0,30}(?:扮演|发挥|起着|起到|占据|承担着)|对于?.{1,24}(?:至关重要|有着|起着|具有重要))"
)
_ASKED = re.compile(r"要求(?:从业者|从业人员|应聘者|候选人|员工|任职者)?")
_IN_CHARGE = re.compile(r"(?:并)?(?P<clause>(?:主要|全面|具体|直接|重点)?(?:负责|承担(?!着)|为[^，。；]{2,16}提供))")
_MEANS = re.compile(r"(?:对[^，。；]{2,24}负(?:总|全|主要|直接)?责|通过[^，。；]{2,20}(?:[，。；]|[\u4e00-\u9fff]{4}))")
"""What follows a definition and says what for or how: …的部门，通过巡检保障安全"""
_DUTIES_ARE = re.compile(
    r"(?:[^，。；]{0,12}的)?(?:主要|核心|基本|首要|日常|具体)?(?:工作)?(?:职责|责任|任务|工作内容|工作)(?:主要)?"
    r"(?:就是|是|为|包括|包含|在于|有)：?(?!以下|如下|但不|：|:)"
)
_DEMANDS = re.compile(r"(?:应聘|任职)?(?:要求|需要?|须|必须)")
_COVERS = re.compile(
    r"(?:其|他们的|该岗位的|岗位|主要|工作)*(?:职责|工作|工作内容|职能|职责范围)(?:还)?(?:涵盖|涉及|包括|包含)"
)
_GOAL = re.compile(r"的(?:主要|工作|核心|最终)?(?:目标|目的|使命|宗旨|愿景)(?:就)?(?:是|在于|为)")
_NOTHING = re.compile(
    r"本文|本篇|本制度|本规定|本标准|以上(?:就是|是|内容|便是)|下面|接下来|在本文|在这篇|让我们|希望(?:对|以上|本文|能帮|可以对|能够帮)|一起来看|众所周知"
    r"|(?:公司|我司|本公司|我们公司|集团|我们)"
    + one_of("是 成立 专注 致力 拥有 位于 创立 坐落 将为 为员工 提供 为您 为你 始终 秉承 现有 总部 主营")
)
_WORK_IS = (
    r"(?:主要|具体|日常)?(?:工作|岗位|职责)(?:内容|职责|任务)?(?:主要)?(?:为|是|包括|包含)(?!否|以下|如下|但不|：)"
)
ORDINARY = rf"(?!{_WORK_IS}|{_OPENING.pattern}|{_PRONOUN.pattern}|{_NOTHING.pattern}){PLAIN}"
"""How a sentence begins that is all one statement, most of them: with no opening, no subject and no noise."""
_ORDINARY = re.compile(ORDINARY)
_WORK = re.compile(_WORK_IS)
_RESULT = re.compile(
    one_of("""
    以 以便 从而 进而 确保 保证 保障 提升 提高 增加 增强 推动 促进 实现 满足 达成 达到 保持 包括 包含 如 例如 比如
    使 让 帮助 维持 特别是 尤其是 最大 降低 减少 避免 为公司""")
)
_DETAIL = re.compile(r"以便?|包括|从而|如|例如|尤其|特别")
_AND = re.compile(r"(?:并且|并|同时|而且|以及)(?=\S)")
_ANAPHOR = re.compile(r"(?:并|同时)?(?:将其|对其|使其|为其|由其|据此)")
_ADVERBIAL = re.compile(
    one_of("根据 结合 通过 利用 基于 针对 按照 按 围绕 面对 对于 为了 为 依据 依托 随着 作为 借助 运用")
    + r"|在.{1,20}[中下上里时前后内方面]\Z|以.{1,16}(?:为|的方式)"
)
_MAIN_VERB = re.compile(
    one_of("""
    推广 提供 提升 吸引 评估 解决 建立 开展 制定 完成 实现 推动 促进 优化 改进 进行 调整 洞察 安排 处理 办理 编写 撰写
    制作""")
    + r"(?!.{0,4}[的和与及]|能力|工作|策略)|(?:安排|处理|办理|落实|做)好"
)


def begins_with_work(text: str, start: int, end: int) -> bool:
    """Whether a sentence begins with what is done (协助经理…), as the overview of a form does."""
    start, end = trim(text, start, end)
    if text.startswith("通过", start):
        return _MEANS.match(text, start, end) is not None
    return VERB.match(text, start, end) is not None and not _CIRCUMSTANCE.match(text, start, end)


def statements(
    text: str, start: int, end: int, subjects: tuple[str, ...], strict: bool, whole: bool = False
) -> list[Statement]:
    """What one sentence states; most state one thing.

    `strict`: only what is said of a subject, with 负责 or with 需要具备 and the like counts (overviews, articles).
    `whole`: a sentence is not cut at its commas (lists of requirements). Without a subject it never is.
    """
    start, end = trim(text, start, end)
    if not strict and not subjects and _ORDINARY.match(text, start, end) and not is_lead_in(text, start, end):
        return [Statement(start, end, None)]
    opening = _OPENING.match(text, start, end)
    while opening and opening.end() < end:
        start = opening.end()
        opening = _OPENING.match(text, start, end)
    if end - start < 2 or is_noise(text, start, end) or is_lead_in(text, start, end):
        return []
    after = _subject_end(text, start, end, subjects)
    aspirant = _ASPIRANT.match(text, start, end) if strict and after == start else None
    after = aspirant.end() if aspirant else after
    if after == start:
        if _NOTHING.match(text, start, end):
            return []
        if not strict:
            work = _WORK.match(text, start, end)
            said = Statement(work.end(), end, "duty") if work and end - work.end() >= 4 else Statement(start, end, None)
            return [said]
        return _without_subject(text, start, end) or _said_behind(text, start, end, subjects)
    duties = _DUTIES_ARE.match(text, after, end)
    if duties and end - duties.end() >= 4:
        return _clauses(text, duties.end(), end, whole)
    if text.startswith("的", after):
        return [] if strict or _GOAL.match(text, after, end) else [Statement(start, end, None)]
    if _COVERS.match(text, start, end):
        return [Statement(start, end, "duty")]
    if _DEFINES.match(text, after, end):
        return _after_definition(text, after, end)
    return _clauses(text, after, end, whole)


def _subject_end(text: str, start: int, end: int, subjects: tuple[str, ...]) -> int:
    """Where a leading subject (a name of the role with its predicate, a pronoun) ends; `start` if there is none."""
    for subject in subjects:
        if text.startswith(subject, start):
            kin = _KIN.match(text, start + len(subject), end)
            after = kin.end() if kin else start + len(subject)
            if after > start + len(subject) or _PREDICATE.match(text, after, end):
                return after
    pronoun = _PRONOUN.match(text, start, end)
    return pronoun.end() if pronoun else start


def _said_behind(text: str, start: int, end: int, subjects: tuple[str, ...]) -> list[Statement]:
    """A sentence whose subject stands behind its circumstances (遇到突发状况时，导游要…), whole."""
    for subject in subjects:
        place = text.find("，" + subject, start, end) + 1
        if place and _MUST.match(text, place + len(subject), end):
            return [Statement(start, end, "duty")]
    return []


def _without_subject(text: str, start: int, end: int) -> list[Statement]:
    if _IN_CHARGE.match(text, start, end) or _COVERS.match(text, start, end):
        return [Statement(start, end, "duty")]
    if ABILITY.match(text, _modal(text, start, end), end):
        return [Statement(start, end, "requirement")]
    duties = _DUTIES_ARE.match(text, start, end)
    if duties and end - duties.end() >= 4:
        return [Statement(duties.end(), end, "duty")]
    demands = _DEMANDS.match(text, start, end)
    if demands and told(text, demands.end(), end)[0] == "requirement":
        return [Statement(demands.end(), end, "requirement")]
    return _after_definition(text, start, end)


def _after_definition(text: str, start: int, end: int) -> list[Statement]:
    """From the first clause of a definition that begins with 负责, 需要具备 and the like; nothing if none does."""
    for comma in _COMMA.finditer(text, start, end):
        asked = _ASKED.match(text, comma.end(), end)
        begin = asked.end() if asked else comma.end()
        begin += text[begin:end].startswith("\n")
        if ABILITY.match(text, _modal(text, begin, end), end) or (asked and end - begin >= 4):
            return [Statement(begin, end, "requirement")]
        charge = _IN_CHARGE.match(text, begin, end)
        if charge:
            return [Statement(charge.start("clause"), end, "duty")]
        if _MEANS.match(text, begin, end):
            return [Statement(begin, end, "duty")]
    return []


def _modal(text: str, start: int, end: int) -> int:
    """Where 还需要, 应该 and the like, if they stand at `start`, end."""
    modal = _MODAL.match(text, start, end)
    return modal.end() if modal else start


def _clauses(text: str, start: int, end: int, whole: bool) -> list[Statement]:
    """The statements of a sentence whose subject ended at `start`: cut at commas where a new verb begins."""
    modal = _modal(text, start, end)
    if whole:
        return [_stated(text, start, modal, end)]
    asked = _ASKED.match(text, modal, end)
    begins = [modal]
    previous = modal
    for comma in _COMMA.finditer(text, modal, end):
        if in_brackets(text, begins[-1], comma.start(), end):
            continue
        short = comma.start() - begins[-1] < _SHORTEST and not ABILITY.match(text, begins[-1], end)
        if _IS.match(text, comma.end(), end) or not (
            short or _attached(text, previous, comma.start(), comma.end(), end)
        ):
            begins.append(comma.end())
        previous = comma.end()
    found: list[Statement] = []
    for i, begin in enumerate(begins):
        stop = begins[i + 1] - 1 if i + 1 < len(begins) else end
        joined = _AND.match(text, begin, stop)
        inner = joined.end() if joined else begin
        again = _PRONOUN.match(text, inner, stop) if i else None
        inner = again.end() if again else inner
        if i and _IS.match(text, inner, stop):
            continue
        statement = _stated(text, inner if i else start, _modal(text, inner, stop), stop)
        goes_on = text.startswith(("能", "可以"), begin) or told(text, begin, stop)[0] == "requirement"
        if found and found[-1].side == "requirement" and (asked or goes_on):
            statement = Statement(begin, statement.end, "requirement")
        elif asked:
            statement = statement._replace(side="requirement")
        if statement.end - statement.start >= 4:
            found.append(statement)
    return found


def _stated(text: str, start: int, modal: int, end: int) -> Statement:
    """A clause: an ability keeps its 需要, a duty is given from its verb on."""
    _, end = trim(text, start, end)
    need = _NEED.search(text, start, modal)
    able = ABILITY.match(text, modal, end) or (
        need and (_HAS.match(text, modal, end) or told(text, modal, end)[0] == "requirement")
    )
    if not able:
        return Statement(modal, end, "duty")
    return Statement(need.start() if need else modal, end, "requirement")


def _attached(text: str, previous: int, comma: int, begin: int, end: int) -> bool:
    """Whether the clause at `begin` goes with the one at `previous`: a result, or what an adverbial waits for."""
    if _ANAPHOR.match(text, begin, end):
        return True
    joined = _AND.match(text, previous, comma)
    before = joined.end() if joined else previous
    if text.startswith(("并", "同时"), begin):
        return text.startswith("以", before)
    if ABILITY.match(text, _modal(text, previous, comma), comma):
        return bool(_DETAIL.match(text, begin, end) or ABILITY.match(text, begin, end))
    adverbial = _ADVERBIAL.match(text, _modal(text, before, comma), comma)
    if adverbial and not _MAIN_VERB.search(text, adverbial.end(), comma):
        return True
    return bool(_RESULT.match(text, begin, end))
