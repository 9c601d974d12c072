"""The name of a role or department in a title line, and what kind of name it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from loaders.cues import one_of

NUMERAL = "[一二三四五六七八九十]"
ORDINAL = (
    rf"(?:第\s*(?:{NUMERAL}|[百\d]){{1,3}}\s*[篇章节条部份]|【?篇(?:{NUMERAL}|\d){{1,3}}】?|范文(?:{NUMERAL}|\d){{1,3}}"
    r"|【[^】]{0,8}\d】)"
)
NUMBER = (
    rf"(?:(?:[（(](?:\d{{1,2}}|{NUMERAL}{{1,3}})[)）][、.．:：]?"
    rf"|(?:\d{{1,2}}|{NUMERAL}{{1,3}})[)）]?[、.．:： )）])\s*)"
)
_CORE = one_of(r"""
    职责 责任制 责任 说明书 说明 描述 职能 任务 任职要求 任职资格 岗位要求 职位要求 工作内容 工作标准 有哪些 是什么
    是做什么的 招聘(?:启事|要求|简章) JD Job\sDescription""")
_BEFORE_CORE = one_of("岗位 工作 主要 职位 部门 具体 基本 日常 安全 核心 职务")
_AFTER_CORE = one_of(rf"""
    \s*篇(?:{NUMERAL}|\d){{1,2}}(?!\d) 岗位 工作 任职 职位 职责 详细 具体 主要 说明书 说明 描述 内容 条件 范文 范本 模板
    大全 要求 资格 有哪些 是什么 样本 集锦 汇总 合集 精选 最新 通用 简短 简单 流程 简述 概述 怎么写 优秀 完整 全文
    版 标准 素质 技能 篇
    [及和与的、/](?=[\u4e00-\u9fff]) \s*\d{{1,3}}(?:\s*[篇条字]|(?=\s|$)) \s*(?<!\d)[（(【\[][^)）】\]]{{1,6}}[)）】\]]
    {NUMERAL}{{1,2}}(?=\s|$|\d|[、.篇]) \d{{1,2}}(?=[（(]?[1一][)）、.．]|[①•●◆])""")
CORE = re.compile(_CORE)
TAIL = rf"的?{_BEFORE_CORE}{{0,2}}{_CORE}{_AFTER_CORE}*"
"""What stands behind the name in a title line: 岗位职责(范文), 岗位说明书, 工作职责及任职要求(二) …"""

_PERSON = one_of("""
    经理 副理 主管 专员 总监 助理 主任 顾问 [^人成会队组动]员 师 [^增成特延时擅身生助专周全变加]长 领班 岗
    [^员职施加分化手竣开复用招军人建理]工 文秘 秘书 会计 出纳 司机 保安 教练 医生 护士 记者 管家 合伙人 总裁 副总 总经理
    CEO CTO CFO COO 实习生 管培生 培训生 代表 主播 店助 干部 负责人 骨干 学徒 专家 书记 大使 达人
    [导兽牙校村厂]医 编导 主厨 总厨 月嫂 保姆 场控 投手 操盘手 买手 模特 主持人 服务生""")
_ACTIVITY = one_of("""
    编辑 客服 文案 前台 翻译 导游 计调 采购 美工 BD HR HRBP 运营 策划 销售 开发 测试 岗位
    剪辑 摄影 摄像 保洁 收银 迎宾 中控 跟单 报关 法务 内勤 文职""")
_IN_BRACKETS = r"(?:\s*[（(【][^)）】]{1,20}[)）】])?\s*\Z"
PERSON = re.compile(_PERSON + _IN_BRACKETS)
"""The end of a name that can only be that of a role."""
ROLE = re.compile(rf"(?:{_PERSON}|{_ACTIVITY}){_IN_BRACKETS}")
"""The end of a name that may be that of a role; 采购 and the like name an activity too."""
DEPARTMENT = re.compile(
    one_of("[^俱乐全内外干本]部 部门 中心 科室 办公室 [财人行教总政务保]科 [^教浴卧]室 处 委员会 小组 [^业电]班组")
    + r"\Z"
)

_HIRING = "招聘(?!专员|主管|经理|助理|岗|顾问|总监|负责|HR|会|启事|要求|简章|人数|名额|职位|单位)"
_CALLS = (
    r"(?:(?:急?诚?聘请?(?:英才)?|急招|直招|直聘|高薪(?:诚聘|急聘|招聘)?|(?:我们)?(?:正?在)?(?:寻找|找)(?=\s?[：:|])"
    rf"|(?:20)?\d\d届(?:校园招聘|校招|春招|秋招)?|{_HIRING})[ \t！!：:|-]*)*"
)
_PLACE = one_of("""
    北京 上海 天津 重庆 广州 深圳 杭州 南京 苏州 无锡 宁波 成都 武汉 西安 长沙 郑州 青岛 济南 大连 沈阳 哈尔滨
    长春 厦门 福州 泉州 合肥 昆明 大理 丽江 贵阳 南宁 桂林 海口 三亚 南昌 太原 石家庄 兰州 西宁 银川 乌鲁木齐
    拉萨 呼和浩特 珠海 佛山 东莞 中山 惠州 常州 南通 徐州 扬州 嘉兴 绍兴 温州 台州 金华 义乌 烟台 潍坊 威海 洛阳
    宜昌 襄阳 香港 澳门 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南
    四川 贵州 云南 陕西 甘肃 青海 内蒙古 宁夏 新疆 西藏 [\u4e00-\u9fff]{2,3}[市县]
    [\u4e00-\u9fff]{1,2}[^园小社大战]区""")
_PLACES = rf"(?:{_PLACE}市?[/、，,· ]?){{1,4}}"
_AT_PLACE = re.compile(
    rf"\s*(?:[-–—·|@]\s*{_PLACES}|[（(【\[](?:坐标|工作地)?{_PLACES}[)）】\]])\s*(?=\Z|[-–—·|])|\A{_PLACES}[-–—|]\s*(?=.)"
)
_ENGLISH = re.compile(
    r"[\s/|（(\[【-]*\b(?:[A-Z][A-Za-z.&+#-]*\s+){0,4}"
    + one_of("""
    Engineer Manager Specialist Designer Developer Analyst Director Assistant Officer Executive Supervisor
    Consultant Planner Representative Intern Leader Lead Architect Editor Operator Associate Coordinator
    Accountant Receptionist""")
    + r"\b[\s)）\]】/|]*"
)
"""An English name beside a Chinese one."""
_LEADING = re.compile(
    rf"[\s#*·•|>\u2600-\u27bf\U0001f000-\U0001faff\ufe0f-]*(?:{ORDINAL}[\s：:、.]*)?{NUMBER}?"
    rf"(?:[A-Z]{{2,}}\d*-\d+[A-Z\d-]*\s+)?(?:【[^】]{{1,12}}】|\[[^\]]{{1,8}}\])?"
    rf"{_CALLS}(?:(?:招聘|应聘)?[职岗]位(?:名称)?[：:]|(?:JD|Position|Job Title)[：:]|《|什么是)?\s*"
)
_QUESTION = re.compile(r"\A[^？?]{2,30}[？?]\s*(?=\S{2})")
_OF_NOTICE = re.compile(
    r".{0,24}?关于(?:面向|社会|公开|校园|全国|直接|考核)*(?:招聘|选聘|招募|引进)(?P<name>[^，。]{2,20}?)"
    r"(?:\d{1,3}[名人]|若干名)?的?(?:公告|简章|启事|通知)\Z"
)
_CALL = re.compile(rf"\A.{{2,20}}?(?:诚聘|急聘|诚招|急招|高薪聘请|{_HIRING})[：:]?\s*(?=.{{2}})")
_FIELDS_BEHIND = re.compile(r"[\s|，,·]+(?!(?:招聘|应聘)?[岗职]位)[\u4e00-\u9fff]{2,6}[：:].*")
_OWNER = re.compile(r"\s*[-–—|@]+\s*[^-–—|@（）()]{2,20}(?:部门?|中心|公司|集团|团队|工作室|事务所)\s*\Z")
"""The department or employer behind a title: 茶艺师 - 青山茶馆部."""
_CODE = re.compile(
    r"\s*[（(\[【]\s*(?:[A-Z]{1,6}-?\d[\w-]*|职位编号[^)）]*|\d{4,}届?|急(?:聘|招|需)?|[不可][^)）]{1,8}|[^)）]{1,10}[亦均也]可"
    r"|[^)）]{0,6}(?:双休|五险|底薪|包吃|包住|月休|\d+[kK千])[^)）]*)\s*[)）\]】]"
)
_PAY = r"\d+(?:\.\d+)?(?:\s*[-~–—至]\s*\d+(?:\.\d+)?)?\s*[kK千万元]|\d{4,}"
_LURE = re.compile(
    r"[\s+＋/|·，,—-]*(?:"
    + one_of("""
    薪资 月薪 月入 日结 底薪 年薪 薪酬 待遇 高薪 包吃 包住 包食宿 餐补 房补 双休 单休 五险 六险 七险 社保 补贴
    年底 提成 奖金 接受应届 应届 急聘 急招 诚聘 可实习 无经验 免费 朝九 早九 周末 转正 不加班 工作地
    可远程 可兼职 可居家""")
    + rf"|{_PAY})"
)
_TAIL_END = re.compile(rf"{TAIL}\s*\Z")
_COUNT = re.compile(
    rf"\s*(?:[（(【\[]\s*(?:(?:{NUMERAL}|\d){{1,3}}篇?|n篇?|共?\d+[篇条份])\s*[)）】\]]|岗位|(?:范文|模板|大全)\s*\d*篇?"
    rf"|(?<=[员师理管监工计任）)])招聘|篇(?:{NUMERAL}|\d){{1,2}}|[（(]?(?:\d{{1,3}}|若干|{NUMERAL})\s*[人名位][)）]?|[（(](?:\d+|若干)[)）])\s*\Z"
)
_GENERIC = re.compile(r"(?:岗位|岗|类|方向)\Z")
COMPANY = re.compile(
    r"[\w()（）&*]{2,30}?" + one_of("有限责任公司 股份有限公司 有限公司 集团公司 股份公司 集团 公司 事务所 旅行社")
)

_IN_ANY_BRACKETS = re.compile(r"\s*[（(].*?[)）]")
_EMPLOYER = re.compile("公司|集团|事务所|旅行社")


@lru_cache(maxsize=4096)
def kind_of(title: str) -> Literal["role", "department"]:
    """Whether a title names a department (…部, …中心) or a role."""
    return "department" if DEPARTMENT.search(bare(title)) else "role"


def bare(title: str) -> str:
    """A title without what it says in brackets."""
    return _IN_ANY_BRACKETS.sub("", title)


def named(line: str) -> tuple[str, str | None]:
    """The role that a title line names, and the employer if the line names one.

    >>> named("诚聘仓库管理员薪资6000+包住")
    ('仓库管理员', None)
    """
    company = COMPANY.search(line) if _EMPLOYER.search(line) else None
    if company and "（" in line[: company.end()] and not ROLE.search(line[company.end() :]):
        company = None  # 会计（贸易公司）: a note on the kind of employer
    if company and company.start() > 1 and " " in line:
        line = line.split()[0] if len(line.split()[0]) > 1 else line
    elif company and company.end() < len(line) - 2:
        line = line[company.end() :]
    return clean(line), company[0] if company else None


@lru_cache(maxsize=4096)
def clean(line: str) -> str:
    """The name in a title line: without ordinals, calls (诚聘), codes, pay, and 岗位职责 and the like at its end.

    >>> clean("第3篇 门店导购岗位职责范文(二)")
    '门店导购'
    """
    name = _FIELDS_BEHIND.sub("", _QUESTION.sub("", line.strip()))
    notice = _OF_NOTICE.match(name)
    name = notice["name"] if notice else name
    leading = _LEADING.match(name)
    name = name[leading.end() :] if leading and leading.end() < len(name) else name
    name = _AT_PLACE.sub("", _CODE.sub("", _CALL.sub("", _CODE.sub("", name))))
    first, cell, _ = name.partition("|")
    name = first.rstrip() if cell and ROLE.search(first.rstrip()) else name
    owner = _OWNER.search(name)
    name = name[: owner.start()] if owner and ROLE.search(name[: owner.start()]) else name
    chinese = _ENGLISH.sub("", name)
    name = chinese if ROLE.search(chinese) else name
    lure = _LURE.search(name, 2)
    name = name[: lure.start()].rstrip(" （(【[") if lure else name
    name = _AT_PLACE.sub("", name)
    parts = re.split(r"\s*/\s*", name)
    if len(parts) > 1 and ROLE.search(parts[0]):
        name = "/".join(part for part in parts if part and not _GENERIC.search(part)) or name
    while len(name) > 2:
        shorter = _COUNT.sub("", _TAIL_END.sub("", name)).strip(" \t：:、，,.-—–|/》《？?！!")
        if not shorter or shorter == name:
            break
        name = shorter
    return name.strip()
