"""Sentences of job documents: which of them state a duty or a requirement, without the words around the statement.

Texts about jobs wrap their statements: a subject (他们需要…, 该岗位负责…), a definition (X是…的岗位,负责…), an opening (此外). What remains is what
the role does or must have; a sentence that only defines, introduces or concludes states nothing.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Side = Literal["duty", "requirement"]


class Statement(NamedTuple):
    """text[start:end] states a duty or requirement; `side` is None where the words do not tell."""

    start: int
    end: int
    side: Side | None


_VERBS = (
    "安排|按照|把控|办理|保持|保管|保障|保证|报销|编辑|编写|编制|编排|参加|参与|操作|策划|测试|查证|撰写|承担|承接|筹备|筹划|出具|处理|传达|创作|创建|搭建|"
    "打造|代表|带领|带动|担任|调查|调动|调度|调试|调研|订立|定期|督促|督导|对接|对标|发布|发掘|发展|分解|分配|分析|辅导|辅助|负责|改进|跟进|跟踪|更新|构建|"
    "沟通|关注|管理|管控|规范|规划|归档|核对|核算|核实|回访|回复|汇报|汇总|激励|及时|监督|监测|监控|检查|建立|建设|降低|接待|接听|解答|解决|结合|进行|"
    "开发|开展|开拓|考核|控制|拉动|利用|联络|联系|了解|领导|录入|落实|率领|满足|面对|拟定|拟订|培训|培养|配合|评估|评审|平衡|全面|确保|设计|设立|审核|审批|"
    "审查|实施|收集|受理|梳理|熟悉|输出|疏导|搜集|随时|提出|提供|提交|提升|提高|填写|统筹|统计|通过|推动|推广|推进|挖掘|完成|完善|维护|维持|维系|围绕|"
    "洽谈|签订|前往|洽商|清点|清洁|确定|确认|组建|组织|遵守|遵循|追踪|整合|整理|整改|针对|指导|制定|制订|制作|执行|值班|主导|主持|主要|专注|转化|准备|"
    "总结|走访|做好|协同|协助|协调|寻找|寻求|宣传|宣导|选拔|巡查|研发|研究|验收|验证|引导|引进|引入|优化|预测|预防|运营|运用|运维|运作|增加|招聘|展示|征集|"
    "支持|支撑|深入|深度|持续|日常|独立|积极|根据|基于|严格|认真|合理|有效|准确|定时|每[日天周月年]|对|与|为|将|向|从|在|按|用|以|贯彻|登记|打印|记录|"
    "采集|采购|拍摄|剪辑|销售|服务|保养|修复|维修|安装|检测|检验|检修|盘点|收发|发放|交接|交付|催收|追缴|缴纳|申报|申请|审计|出纳|记账|报税|开具|开票|"
    "撮合|促成|促进|达成|反馈|复盘|改善|改造|估算|架构|兼顾|解析|介绍|精通|开通|勘察|理解|联合|量化|陪同|评价|评定|迁移|强化|融合|塑造|上传|上架|生成|"
    "实现|适配|拓展|拟写|听取|推荐|外呼|邀约|邀请|翻译|应对|预订|预定|预约|运行|增强|阅读|照顾|掌控|整体|钻研|转写|装配|追溯|咨询|组装|主动|防范|防止|杜绝"
)
VERB = re.compile(_VERBS)
_WEIGHTY = (
    r"(?:熟练|充分|良好|扎实|全面)?(?:具备|具有|掌握|拥有|精通|熟悉|懂得)|熟练|展现.{0,8}(?:技巧|能力|素养)"
    r"|有(?:着|一定|较强|较高|较好|良好|很强|很好|丰富|出色|优秀|深厚|扎实|强烈|敏锐|足够|高度|极强|过硬|相关)|对[^，。；]{1,24}有.{0,6}(?:了解|理解|认识|兴趣|热情)"
)
_ABILITY = re.compile(_WEIGHTY)
_MODAL = re.compile(
    r"(?:还|也|则|均|都|又|既|同时|主要|通常|一般|不仅|更)*(?:必须|需要|应该|应当|能够|可以|须要|需|应|须|要|能|可|将|会|得)*(?:还|也|不断|时刻)?"
)
_NEED = re.compile(r"需|应|须|要|必")
_PRONOUN = re.compile(
    r"(?:他们|她们|它们|他/她|他（她）|他|她|其(?![他它中余次实])|(?:该|本|此|这一|这个|这)(?:岗位|职位|职务|角色|部门|团队|中心|岗|人员|职业|工作)(?:人员|员工)?"
    r"|(?:您|员工|候选人|求职者|从业者|任职者|(?:从业|任职|岗位|工作|在岗|相关|应聘)(?:人员|者))(?=(?:还|也|主要|则)?(?:必|需|应|须|要|能|可以|将|负责)))"
)
_KIN = re.compile(
    r"(?:岗位|团队|人员|部门|专员|岗|者|们|员工|工作者|工作)*(?:的(?=人员|员工|团队))?(?:人员|员工|团队)?"
)
_OPENING = re.compile(
    r"(?:此外|另外|同时|总之|总而言之|总的来说|总体来说|总体而言|综上所述|综上|总结|首先|其次|再次|再者|最后|最终|因此|所以|并且|而且|其中|除此之外|与此同时|具体来说|一方面|另一方面|"
    r"简而言之|由此可见|当然|例如|不仅如此|第[一二三四五六]|一是|二是|三是|四是|五是)[,，、:：]?\s*"
)
_DEFINES = re.compile(
    r"(?:岗位|职位)?(?:既|就|也|主要|通常|不仅)?(?:是(?!否)|属于|作为|扮演|指的是|指|在.{0,30}(?:扮演|发挥|起着|起到|占据|承担着)|对于?.{1,24}(?:至关重要|有着|起着|具有重要))"
)
_TRIGGER = re.compile(
    r"(?:主要|全面|具体|直接|重点|专门|一般|通常|肩负|并)?负责|(?:要求|需要|需)?(?:从业者|从业人员|应聘者|候选人|求职者|任职者|任职人员|员工|他们)?(?:必须|需要|需|应该|应当|应|须|要求)?(?:"
    + _WEIGHTY.replace("|熟练|", "|熟练(?:掌握|使用|运用)|")
    + r")"
)
_ASKED = re.compile(r"(?:要求|需要|需|应|须|必须|应当|应该)")
_DUTIES_ARE = re.compile(
    r"(?:[^，。；]{0,12}的)?(?:主要|核心|基本|首要|日常|具体)?(?:工作)?(?:职责|责任|任务|工作内容|工作)(?:主要)?(?:就是|是|为|包括|包含|在于|有)(?!以下|如下|但不|：|:)(?:：|:)?"
)
_NOTHING = re.compile(
    r"(?:本文|本篇|本制度|本规定|本标准|以上|以下|下面|接下来|在本文|在这篇|让我们|希望|如果您?想|想要了解|那么|随着|据统计|众所周知|近年来|为了|一起来看|更多|关于"
    r"|(?:公司|我司|本公司|我们公司|集团|我们)(?:是|成立|专注|致力|拥有|位于|创立|坐落|将为|为员工|提供|为您|为你|始终|秉承|现有|总部|主营))"
)
_LEAD_IN = re.compile(
    r"[：:]\s*\Z|(?:如下|以下(?:几个?)?(?:方面|内容|几点|几项|工作|职责|条件|要求)|包括但不限于)(?:[^，。]{0,8})[：:。]?\s*\Z"
)
_GOAL = re.compile(r"的(?:主要|工作|核心|最终)?(?:目标|目的|使命|宗旨|愿景)(?:就)?(?:是|在于|为)")
_COVERS = re.compile(
    r"(?:其|他们的|该岗位的|岗位|主要|工作)*(?:职责|工作|工作内容|职能|职责范围)(?:还)?(?:涵盖|涉及|包括|包含)"
)
_RESULT = re.compile(
    r"(?:以及?|以便|从而|进而|确保|保证|保障|提升|提高|增加|增强|推动|促进|实现|满足|达成|达到|保持|包括|包含|如|例如|比如|使|让|帮助|维持|特别是|尤其是|最大|降低|减少|避免|为公司|以及)"
)
_AND = re.compile(r"(?:并且|并|同时|而且|以及)(?=[^\s])")
_ANAPHOR = re.compile(r"(?:并|同时)?(?:将其|对其|使其|为其|由其|据此)")
_ADVERBIAL = re.compile(
    r"(?:根据|结合|通过|利用|基于|针对|按照|按|围绕|面对|对于|为了|为|依据|依托|随着|作为|借助|运用|在.{1,20}[中下上里时前后内方面]\Z|以.{1,16}(?:为|的方式))"
)
_BREAK = re.compile(r"[。！？；\n!?; \u3000]")
_NEXT_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}：")
_INNER = re.compile(r"[，,]")
_QUALITY = re.compile(
    r"(?:有|具|较|良好|优秀|出色|扎实|丰富|很强|极强|强烈|敏锐|一定|熟|精通|掌握|了解|懂|能|会|善于|擅长|热爱|喜欢|性格|形象|品行|为人|诚实|诚信|吃苦|身体|普通话|英语|日语|思维|逻辑|学习|执行力|沟通|责任心|"
    r"抗压|团队|工作(?:认真|细致|积极|踏实|责任|经验|严谨|主动)|服从|适应|愿意|可接受|接受|认同|持有|持|至少|乐于|勇于|注重|关注|个性|态度|积极|认真|细心|踏实|乐观|自信|阳光|年龄|性别|男|女|专业|"
    r"(?:统招|全日制|公办|正规)|本科|大专|专科|硕士|博士|中专|高中|学历|应届|毕业|计算机|相关|无|限|不限|五官|身高|亲和|语言|表达|文字|心理|数据|对|曾|从事|拥有|语句|\d+|[一二两三五十]年|CET|英文|办公|使用|优先|需|须|必须|"
    r"结果导向|网感|知识面|强)"
)
_STRONG = re.compile(
    r"(?:大专|本科|专科|硕士|研究生|博士|中专|高中|初中)[^，。；]{0,6}(?:学历|以上|毕业|文凭)|学历[：:]?(?:不限|要求|大专|本科)|[\d一二两三四五六七八九十]+\s*年(?:及以上|以上|及|或以上)?[^，。；]{0,24}(?:经验|经历|从业)"
    r"|(?:优先|优先考虑|优先录用|更佳|尤佳|加分|为佳)[）)]?\s*\Z|(?:男女|性别|年龄|专业|经验|户籍|学历)不限|年龄[：:]?[在\d]|(?<!\d)\d{2}\s*[-~至到—]\s*\d{2}\s*周?岁|周?岁(?:以下|以上|之间)"
    r"|(?:相关|类|等)专业\s*\Z|(?<![\u4e00-\u9fff])(?:男|女)[，,]|应届(?:毕业)?生(?:均|亦|也)?可"
)
_STRONG_HINT = re.compile(r"[历科专优岁限年硕佳加士男女]")
_FIT = re.compile(
    r"(?:具备|具有|拥有|熟悉|熟练|精通|掌握|良好的?|较强的?|较高的?|优秀的?|较好的?|出色的?|扎实的?|极强的?|强烈的?|丰富的?|很强的?|敏锐的?|有(?!效|序|关|针对)|善于|擅长|热爱|热情|性格|形象|责任心|工作(?:认真|细致|积极|踏实|主动|严谨)"
    r"|为人|诚实|诚信|品行|吃苦|身体|普通话|英语|逻辑|学习能力|思维|抗压|沟通能力|执行力|能够?(?:熟练|独立|承受|适应|接受|吃苦|及时|快速|使用|看懂|胜任|够)?|愿意|可接受|适应|服从|认同|持有?.{0,6}证|至少|乐于|勇于|个性|态度"
    r"|(?:统招|全日制|公办|正规)|应届|年龄|男|女|[^，。；]{1,12}(?:能力|意识|责任心|执行力|精神|素质|素养)(?:较|很|极)?(?:强|好|佳|优秀)|对[^，。；]{1,15}(?:敏感|兴趣|热情|了解|认识|敏锐)|会.{1,6}(?:软件|语|操作))"
)
BENEFIT = re.compile(
    r"(?:底薪|无责底薪|提成|五险|六险|七险|社保|公积金|带薪|年假|双休|单休|大小周|薪资|薪酬|薪金|工资|月薪|年薪|待遇|包吃|包住|餐补|房补|车补|话补|节日福利|年终奖|全勤奖|奖金|补贴|补助|体检|下午茶|团建|旅游|生日|股权|期权|"
    r"免费(?:住宿|工作餐|培训|午餐)|晋升(?:空间|机会|通道|制度)|入职(?:即|缴|购)|转正|试用期|法定节?假日|朝九晚|早九晚|工作时间|上班时间|上班地点|工作地点|一经录用|综合工资|合理优厚|完善的(?:假期|福利|培训|晋升|薪|社|保)|优厚|丰厚|广阔的|公司(?:为|将|提供|会|在|承诺|免费)|享受|福利)"
)
_BENEFIT_VERB = re.compile(
    r"(?:负责|办理|核算|制定|制订|协助|完成|参与|处理|编制|设计|管理|组织|审核|统计|计算|做好|熟悉|了解|执行|建立|优化|薪酬(?:绩效|体系|设计|管理|核算|福利)|员工)"
)
_CONTACT = re.compile(
    r"(?:联系(?:电话|人|方式|地址)|电话[：:]|手机[：:]|微信[：:号]|QQ[：:]|邮箱|简历(?:请|投|发)|请将简历|投递|面试(?:地点|时间|请)|地址[：:]|乘车|公交|地铁|https?://|www\.|扫码|关注(?:我们|公众号)|欢迎(?:您|你|加入|投递|咨询|有志|各位|广大|大家)|期待(?:您|你)|"
    r"有意者|备注|注[：:]|下载|本站|我要投稿|(?:格式|大小|页数|(?:发布|更新)?(?:时间|日期)|作者|编辑|浏览|点击|阅读|查看人数|下载)[：:]|版权|更多(?:相关)?(?:内容|精彩|范文|资料)|相关(?:推荐|阅读|文章)|来源[：:])"
)
_TWO_WORDS = re.compile(r"(?:[^\u4e00-\u9fffA-Za-z]*[\u4e00-\u9fffA-Za-z]){2}")


def side_of(text: str, start: int, end: int) -> Side | None:
    """On which side the words of an item put it; None where they do not tell."""
    if _is_condition(text, start, end):
        return "requirement"
    if text.startswith(("负责", "协助", "参与", "组织", "制定", "完成"), start):
        return "duty"
    if _FIT.match(text, start, end):
        return "requirement"
    if VERB.match(text, start, end):
        return "duty"
    return None


def certain_requirement(text: str, start: int, end: int) -> bool:
    """Schooling, years, age, 优先: no duty says such things."""
    return not text.startswith(("负责", "协助", "组织", "参与"), start) and _is_condition(text, start, end)


def _is_condition(text: str, start: int, end: int) -> bool:
    return _STRONG_HINT.search(text, start, end) is not None and _STRONG.search(text, start, end) is not None


def is_noise(text: str, start: int, end: int) -> bool:
    """Pay, benefits, contacts, page furniture, and what masking left empty."""
    if not _TWO_WORDS.match(text, start, min(end, start + 12)):
        return True
    if _CONTACT.match(text, start, end):
        return True
    return (
        BENEFIT.match(text, start, end) is not None and _BENEFIT_VERB.search(text, start, min(end, start + 12)) is None
    )


def is_lead_in(text: str, start: int, end: int) -> bool:
    """Announces a list: …包括以下几个方面：."""
    return _LEAD_IN.search(text, start, end) is not None


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """text[start:end] cut at 。；！？ and line ends, not inside brackets, and not into crumbs (Excel；PPT；Word)."""
    cuts: list[tuple[int, int]] = []
    place = start
    for stop in _BREAK.finditer(text, start, end):
        mark, at = stop[0], stop.start()
        after = text[at + 1 : at + 2]
        if at < place:
            continue
        if mark == "。" and after.isdigit() and text[at - 1].isdigit():
            continue
        if mark == "\n" and text[at - 1] in "、，,及和与":
            continue
        if mark in "!?;" and not (after.isspace() or at + 1 >= end):
            continue
        if mark in " \u3000" and not _NEXT_LABEL.match(text, at + 1, end):
            continue
        if mark in "；;" and _open(text, place, at):
            continue
        cuts.append((place, at + 1))
        place = at + 1
    if place < end:
        cuts.append((place, end))
    if len(cuts) > 2 and all(b - a <= 7 for a, b in cuts[1:]) and "\n" not in text[start:end].strip():
        return [(start, end)]
    return cuts


def _open(text: str, start: int, end: int) -> bool:
    """Whether a bracket that opens in text[start:end] is still open at its end."""
    return text.count("（", start, end) + text.count("(", start, end) > text.count("）", start, end) + text.count(
        ")", start, end
    )


_HEAD = " \t\u3000\n，,、；;。：:.．·~—-–*•)）】]》”＞>/|\\"
_TAIL = " \t\u3000\n，,、；;。：:.．·~…—-–*•!！?？（(【[|\\"


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks, closing marks and stray punctuation at both ends."""
    while start < end and text[start] in _HEAD:
        start += 1
    while end > start and text[end - 1] in _TAIL:
        end -= 1
    return start, end


def subject_end(text: str, start: int, end: int, subjects: tuple[str, ...]) -> int:
    """Where a leading subject (a name of the role, a pronoun) ends; `start` if there is none."""
    for subject in subjects:
        if text.startswith(subject, start):
            kin = _KIN.match(text, start + len(subject), end)
            return kin.end() if kin else start + len(subject)
    pronoun = _PRONOUN.match(text, start, end)
    return pronoun.end() if pronoun else start


def statements(
    text: str, start: int, end: int, subjects: tuple[str, ...], strict: bool, whole: bool = False
) -> list[Statement]:
    """What one sentence states. `strict`: only what is said of a subject or with 负责 counts (overviews, articles).

    `whole`: a sentence is not cut at its commas (lists of requirements).
    """
    start, end = trim(text, start, end)
    opening = _OPENING.match(text, start, end)
    while opening and opening.end() < end:
        start = opening.end()
        opening = _OPENING.match(text, start, end)
    if end - start < 3 or is_noise(text, start, end) or _LEAD_IN.search(text, start, end):
        return []
    after = subject_end(text, start, end, subjects)
    if after == start:
        if _NOTHING.match(text, start, end) and not text.startswith(("为了", "随着"), start):
            return []
        if not strict:
            return [Statement(start, end, None)]
        if text.startswith(("负责", "主要负责", "全面负责"), start):
            return [Statement(start, end, "duty")]
        return _triggered(text, start, end, whole, bool(_ABILITY.match(text, _modal(text, start, end))))
    duties = _DUTIES_ARE.match(text, after, end)
    if duties and end - duties.end() >= 4:
        return _clauses(text, duties.end(), end, whole)
    if text.startswith("的", after):
        return [] if strict or _GOAL.match(text, after, end) else [Statement(start, end, None)]
    if _COVERS.match(text, start, end):
        return [Statement(start, end, "duty")]
    if _DEFINES.match(text, after, end):
        return _triggered(text, after, end, whole, False)
    return _clauses(text, after, end, whole)


def _modal(text: str, start: int, end: int) -> int:
    modal = _MODAL.match(text, start, end)
    return modal.end() if modal else start


def _triggered(text: str, start: int, end: int, whole: bool, here: bool) -> list[Statement]:
    """The part of a definition from 负责, 需要具备 and the like on, at the start of a clause."""
    if here:
        return [Statement(start, end, "requirement")]
    for comma in _INNER.finditer(text, start, end):
        begin = comma.end()
        if text.startswith("要求", begin):
            asked = re.compile(r"要求(?:从业者|从业人员|应聘者|候选人|员工|任职者)?").match(text, begin, end)
            begin = asked.end() if asked else begin
        modal = _modal(text, begin, end)
        if _ABILITY.match(text, modal, end):
            return [Statement(begin, end, "requirement")]
        trigger = re.compile(r"(?:主要|全面|具体|直接|重点|并)?负责").match(text, begin, end)
        if trigger:
            return [Statement(begin + (text[begin] == "并"), end, "duty")]
    return []


def _clauses(text: str, start: int, end: int, whole: bool) -> list[Statement]:
    """The statements of a sentence whose subject ended at `start`: cut at commas where a new verb begins."""
    modal = _modal(text, start, end)
    if whole:
        return [_stated(text, start, modal, end)]
    cuts = [modal]
    depth_from = modal
    previous = modal
    for comma in _INNER.finditer(text, modal, end):
        if _open(text, depth_from, comma.start()):
            continue
        begin = comma.end()
        if _attached(text, previous, comma.start(), begin, end):
            previous = begin
            continue
        cuts.append(begin)
        previous = begin
        depth_from = begin
    found: list[Statement] = []
    for i, begin in enumerate(cuts):
        stop = cuts[i + 1] - 1 if i + 1 < len(cuts) else end
        lead = _AND.match(text, begin, stop)
        inner = lead.end() if lead else begin
        if i:
            again = _PRONOUN.match(text, inner, stop)
            inner = again.end() if again else inner
        statement = _stated(text, start if i == 0 else inner, _modal(text, inner, stop), stop)
        if found and found[-1].side == "requirement" and text.startswith(("能够", "能", "可以"), begin):
            statement = Statement(begin, statement.end, "requirement")
        if statement.end - statement.start >= 4:
            found.append(statement)
    return found


def _stated(text: str, start: int, modal: int, end: int) -> Statement:
    """A clause: an ability keeps its 需要, a duty is given from its verb on."""
    _, end = trim(text, start, end)
    if _ABILITY.match(text, modal, end):
        need = _NEED.search(text, start, modal)
        return Statement(need.start() if need else modal, end, "requirement")
    return Statement(modal, end, "duty")


def _attached(text: str, previous: int, comma: int, begin: int, end: int) -> bool:
    """Whether the clause at `begin` belongs to the one before it: a purpose, a result, or what an adverbial waits for."""
    if _ANAPHOR.match(text, begin, end):
        return True
    ability_before = bool(_ABILITY.match(text, _modal(text, previous, comma), comma))
    joined = _AND.match(text, previous, comma)
    previous = joined.end() if joined else previous
    if text.startswith(("并", "同时"), begin):
        return text.startswith(("以", "以便"), previous)
    if ability_before:
        return bool(re.compile(r"(?:以便?|包括|从而|如|例如|以及|尤其|特别)").match(text, begin, end)) or bool(
            _ABILITY.match(text, begin, end)
        )
    adverbial = _ADVERBIAL.match(text, _modal(text, previous, comma), comma)
    if adverbial and not _HAS_VERB.search(text, adverbial.end(), comma):
        return True
    return bool(_RESULT.match(text, begin, end))


_HAS_VERB = re.compile(
    r"(?:推广|提供|提升|吸引|评估|解决|建立|开展|制定|完成|实现|推动|促进|优化|改进|进行|调整|洞察)(?!.{0,4}[的和与及]|能力|工作|策略)"
)
