"""The words that show a find to a reader: its phrase, and not only the words that gave it away.

In 打理校园招聘会等招聘渠道 the words 招聘渠道 give the skill away; a reader underlines the verb and the whole object.
So a find grows to the ends of its member of the list or clause (_BREAK), never over the words of another find, and
without what leads in (负责, 具备, 较强; _LEAD) or trails (等, 者优先; _TAIL). If that is more than LONGEST characters
it grows to the left alone, where the verb is, or to the right alone, or not at all. A verb that a list of objects
shares is shown with them (维修水泵和阀门), and so are verbs that share an object (制定和完善合同), up to SHARED
characters, as far as the others are no find's of their own. The name of a tool shows itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from operator import itemgetter

from graphmodel.nodes import Skill, Span
from loaders.cues import VERB
from loaders.finds import Find

LONGEST = 12
"""Characters of a phrase that has grown."""

SHARED = 15
"""Characters of one that shows a verb and a list of its objects."""

_BREAK = re.compile(
    r"、|，|,|;|；|。|：|:|！|!|？|\?|（|\(|）|\)|《|》|【|】|「|」|“|”|\"|/|\||\n|\t"
    r"| (?<=[\u4e00-\u9fff] )(?=[\u4e00-\u9fff])|以及|或者?|与(?<!参与)(?!会)|和(?<![亲温柔平随]和)(?![谐善平蔼])"
    r"|及(?<![涉普]及)(?![时格])|并(?<!合并)(?![购发表])|且|从而|进而|同时|以便"
)
"""Where a member of a list, or a clause, ends. Each alternative begins with a character: it is looked for faster so."""

_FIRST = itemgetter(0)
_SECOND = itemgetter(1)

_JOINS = frozenset("、和与及并")

_LEAD = re.compile(
    r"(?:负责|参与|协助|配合|辅助|主导|熟悉|熟知|了解|精通|掌握|熟练|具备|具有|拥有|富有|善于|擅长|较强|较好|较高|良好|优秀|"
    r"出色|丰富|扎实|一定|很强|极强|强烈|敏锐|必须|独立|完成(?!率)|做好|进行|定期|及时|认真|积极|主动|至少|相关|使用|运用|"
    r"应用(?!软件|系统)|操作(?!系统|规)|专业的|先进的|最新|深入|包括|其中|结合|提出|帮助|确保|保证|带领团队|围绕|基于|根据|按照|"
    r"通过|利用|关于|各类|各种|各项|日常|公司|全面|直接|持有|优先|要求|据此|再|先(?![进生])|每(?:[日天周月年]|季度)|"
    r"(?:\d+[-~至到])?[\d一二两三四五六七八九十]+(?:个?月|年)(?:及?以上)?|[个年]?[及或]?以上|[\d一]+(?:小时|天|日)内|"
    r"有(?![效机限])|能够?(?![力源耗])|可以?(?![视行靠])|会(?![议员计展务籍所])|懂得?|需要?(?!求)|须|应(?![收用付急聘届])|"
    r"对(?![账接标比公外])|在(?![线职途建])|为|将(?!来)|把(?![控关握])|从(?!业)|向|以(?![上下])|由|于|用(?![户友工品人车章])|做|使|等(?!级)|"
    r"的|之(?!间)|其(?!他|它)|所(?![得在辖属需])|了|过(?!程)|者|型| )+"
)
"""What stands in a phrase before the words that a reader would underline."""

_PEOPLE = re.compile(
    r"(?:(?<=[与和跟])|给|向|配合|对接|协同|联合)[^的能会有]{1,8}?(?:沟通|联调|确认|完成|说明|讲解|讨论|反馈)"
)
"""Those with whom something is done, before the words."""

_TAIL = re.compile(
    r"(?:[较很极更]?(?:强|好|佳|优秀|突出|流利)|[者能可]?(?:优先(?:考虑|录用)?|更佳|为佳|尤佳|加分)|者|的|的?工作| |"
    r"[讲交发送报传]给.*|"
    r"(?:等|相关)(?!.{0,6}(?:经验|经历|背景|知识|能力)\Z).*|(?:本科|学历|以上|负责|完成|提供|构建|建立|保证|确保|进行|有效|提出|赋能|要).*)\Z"
)
"""What stands in it after them."""


def phrases(text: str, finds: Sequence[Find], skills: Mapping[str, Skill]) -> list[Span]:
    """Where the words stand that show each of the finds, in their order."""
    shown: list[Span] = []
    breaks: list[Span] | None = None
    for find in finds:
        start, end, skill = find[:3]
        if end - start >= LONGEST or skills[skill].type == "tool":
            shown.append((start, end))
            continue
        if breaks is None:
            breaks = [mark.span() for mark in _BREAK.finditer(text)]
        shown.append(_phrase(text, find, finds, breaks))
    return shown


def _phrase(text: str, find: Find, finds: Sequence[Find], breaks: list[Span]) -> Span:
    start, end, _, _, _, clause, verb = find
    left, right = 0, len(text)
    place = bisect_left(breaks, (end, 0))
    if place < len(breaks):
        right = breaks[place][0]
    while place and breaks[place - 1][1] > start:
        place -= 1
    if place:
        left = breaks[place - 1][1]
    longest = LONGEST
    # 维修水泵和阀门: the verb that is said once for a list is shown, unless a find stands between
    if verb < start and end - verb <= SHARED and not any(verb < other.end <= start for other in finds):
        left, longest = verb, SHARED
    for other in finds:
        s, e = other[0], other[1]
        if e <= start:
            if e > left:
                left = e
        elif s >= end:
            # what stands between two finds without a break belongs to the second: it holds its verb
            if s < right:
                right = end
            break
        else:
            if s < start:
                left = start
            if e > end:
                right = end
    # a level that is said before the words stays before them
    if clause.levels and (before := bisect_right(clause.levels, start, key=_FIRST)):
        left = max(left, clause.levels[before - 1][0])
    if start - left > 2 and (text[left] in "给向配对协联" or text[left - 1] in "与和跟"):
        people = _PEOPLE.match(text, left, start)
        left = people.end() if people else left
    if left < start and (lead := _LEAD.match(text, left, start)):
        left = lead.end()
    if end < right and (tail := _TAIL.search(text, end, right)):
        right = tail.start()
    if right - left <= longest:
        return _first_verb(text, left, right, finds, breaks), _last_object(text, left, right, find, finds, breaks)
    if end - left <= longest:
        return left, end
    return (start, right) if right - start <= longest else (start, end)


def _last_object(text: str, left: int, right: int, find: Find, finds: Sequence[Find], breaks: list[Span]) -> int:
    """Where the last object ends that shares the verb of text[left:right] and is no other find's: 核对|票面、行程."""
    has_verb = VERB.match(text, left, right) or (find.method == "pattern" and not VERB.match(text, right - 2, right))
    if not has_verb:
        return right
    place = bisect_left(breaks, (right, 0))
    while place < len(breaks) and breaks[place][0] == right and text[right] in _JOINS:
        start = breaks[place][1]
        place += 1
        end = breaks[place][0] if place < len(breaks) else len(text)
        if (
            not start < end <= left + SHARED
            or VERB.match(text, start, end)
            or any(start < other.end and other.start < end for other in finds)
        ):
            break
        right = end
    return right


def _first_verb(text: str, left: int, right: int, finds: Sequence[Find], breaks: list[Span]) -> int:
    """Where the verbs begin that share the object of text[left:right]: 制定和|完善合同."""
    while left > 2 and text[left - 1] in _JOINS and VERB.match(text, left, right):
        before = bisect_left(breaks, left, key=_SECOND)
        start = breaks[before - 1][1] if before else 0
        if lead := _LEAD.match(text, start, left - 1):
            start = lead.end()
        verb = VERB.match(text, start, left - 1)
        if not verb or verb.end() != left - 1 or right - start > SHARED or any(start < f.end <= left for f in finds):
            break
        left = start
    return left
