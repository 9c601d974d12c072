"""What the words of a clause tell by themselves: a duty, a requirement, or nothing of a job at all."""

from __future__ import annotations

import re
from typing import Literal

Side = Literal["duty", "requirement"]


def one_of(words: str) -> str:
    """A pattern for any of the words, which stand between blanks; the first that fits is taken."""
    return "(?:" + "|".join(words.split()) + ")"


_BLOCKS = (
    range(0x2580, 0x25A0),
    range(0x2600, 0x27C0),
    range(0x2B00, 0x2C00),
    range(0x1F000, 0x1FB00),
    range(0xFE0F, 0xFE10),
)
PICTURES = frozenset(chr(code) for block in _BLOCKS for code in block)
"""Blocks, emoji and dingbats, which advertisements put before headings and items."""

_VERBS = one_of("""
    安排 按照 把控 办理 保持 保管 保障 保证 报销 编辑 编写 编制 编排 参加 参与 操作 策划 测试 查证 撰写 承担 承接
    筹备 筹划 出具 处理 传达 创作 创建 搭建 打造 代表 带领 带动 担任 调查 调动 调度 调试 调研 订立 定期 督促 督导
    对接 对标 发布 发掘 发展 分解 分配 分析 辅导 辅助 负责 改进 跟进 跟踪 更新 构建 沟通 关注 管理 管控 规范 规划
    归档 核对 核算 核实 回访 回复 汇报 汇总 激励 及时 监督 监测 监控 检查 建立 建设 降低 接待 接听 解答 解决 结合
    进行 开发 开展 开拓 考核 控制 拉动 利用 联络 联系 了解 领导 录入 落实 率领 满足 面对 拟定 拟订 培训 培养 配合
    评估 评审 平衡 全面 确保 设计 设立 审核 审批 审查 实施 收集 受理 梳理 熟悉 输出 疏导 搜集 随时 提出 提供 提交
    提升 提高 填写 统筹 统计 通过 推动 推广 推进 挖掘 完成 完善 维护 维持 维系 围绕 洽谈 签订 前往 洽商 清点 清洁
    确定 确认 组建 组织 遵守 遵循 追踪 整合 整理 整改 针对 指导 制定 制订 制作 执行 值班 主导 主持 主要 专注 转化
    准备 总结 走访 做好 协同 协助 协调 寻找 寻求 宣传 宣导 选拔 巡查 研发 研究 验收 验证 引导 引进 引入 优化 预测
    预防 运营 运用 运维 运作 增加 招聘 展示 征集 支持 支撑 深入 深度 持续 日常 独立 积极 根据 基于 严格 认真 合理
    有效 准确 定时 每[日天周月年] 对 与 为 将 向 从 在 按 用 以 贯彻 登记 打印 记录 采集 采购 拍摄 剪辑 销售 服务
    保养 修复 维修 安装 检测 检验 检修 盘点 收发 发放 交接 交付 催收 追缴 缴纳 申报 申请 审计 出纳 记账 报税 开具
    开票 撮合 促成 促进 达成 反馈 复盘 改善 改造 估算 架构 兼顾 解析 介绍 开通 勘察 理解 联合 量化 陪同 评价 评定
    迁移 强化 融合 塑造 上传 上架 生成 实现 适配 拓展 拟写 听取 推荐 外呼 邀约 邀请 翻译 应对 预订 预定 预约 运行
    增强 阅读 照顾 掌控 整体 钻研 转写 装配 追溯 咨询 组装 主动 防范 防止 杜绝""")
VERB = re.compile(_VERBS)
"""How duties begin: a verb, its adverb, or the preposition before it."""

_DEGREE = one_of("着 一定 较强 较高 较好 良好 很强 很好 丰富 出色 优秀 深厚 扎实 强烈 敏锐 足够 高度 极强 过硬 相关")
_CLEAR_DUTY = ("负责", "协助", "参与", "组织", "制定", "完成")
ABILITY = re.compile(
    r"(?:熟练|充分|良好|扎实|全面)?(?:具备|具有|掌握|拥有|精通|熟悉|懂得)|熟练|展现.{0,8}(?:技巧|能力|素养)"
    rf"|有{_DEGREE}|(?:考取|取得|持有?)[^，。；]{{0,10}}(?:证|证书|资格)(?![\u4e00-\u9fff])"
    r"|对[^，。；]{1,24}(?:有.{0,6}(?:了解|理解|认识|兴趣|热情|感觉|认知|判断|把握|敏感)|(?:高度|非常|十分|足够|较为)敏感)"
)
"""What somebody must have rather than do."""

_SCHOOL = one_of("大专 本科 专科 硕士 研究生 博士 中专 高中 初中")
_YEARS = r"[\d一二两三四五六七八九十]+\s*年(?:及以上|以上|及|或以上)?"
_CONDITION = re.compile(
    rf"{_SCHOOL}[^，。；]{{0,6}}(?:学历|以上|毕业|文凭)|学历[：:]?(?:不限|要求|大专|本科)"
    rf"|{_YEARS}[^，。；]{{0,24}}(?:经验|经历|从业)"
    r"|(?:优先|优先考虑|优先录用|更佳|尤佳|加分|为佳)[）)]?\s*\Z|(?:男女|性别|年龄|专业|经验|户籍|学历)不限"
    r"|年龄[：:]?[在\d]|(?<!\d)\d{2}\s*[-~至到—]\s*\d{2}\s*周?岁|周?岁(?:以下|以上|之间)"
    r"|(?:相关|类|等)专业\s*\Z|(?<![\u4e00-\u9fff])(?:男|女)[，,]|应届(?:毕业)?生(?:均|亦|也)?可"
)
_CONDITION_HINT = re.compile(
    r"大专|本科|专科|硕士|研究生|博士|中专|高中|初中|学历|年龄|年(?<=[\d一二两三四五六七八九十\s]年)|优先|更佳|尤佳|加分|为佳|不限"
    r"|岁|专业(?=\s*\Z)|男[，,]|女[，,]|应届"
)
"""Each match of _CONDITION holds one; all begin with a character, so that the search passes over most places."""

_FIT = re.compile(
    one_of(r"""
    具备 具有 拥有 熟悉 熟练 精通 掌握 良好 较强 较高 优秀 较好 出色 扎实 极强 强烈 丰富 很强 敏锐
    有(?!效|序|关|针对) 善于 擅长 热爱 热情 性格 形象 责任心 工作(?:认真|细致|积极|踏实|主动|严谨) 为人 诚实 诚信
    品行 吃苦 身体 普通话 英语 逻辑 学习能力 思维 抗压 沟通能力 执行力 能够? 愿意 可接受 适应 服从 认同
    [用做带干学写]过 持有?.{0,6}证 至少 乐于 勇于 个性 态度 统招 全日制 公办 正规 应届 年龄 男 女
    会.{1,6}(?:软件|语|操作)
    [^，。；]{1,12}(?:能力|意识|责任心|执行力|精神|素质|素养)(?:较|很|极)?(?:强|好|佳|优秀)
    对[^，。；]{1,15}(?:敏感|兴趣|热情|了解|认识|敏锐)""")
)
_BENEFIT = re.compile(
    r"(?:(?:以上|该|本)(?:各?岗位|各?职位|人员)(?:均|都)?)?"
    + one_of(r"""
    团队氛围 工作氛围 办公环境 团队年轻 公司(?:环境|氛围|位于|地处)
    五险 六险 七险 底薪 无责 包吃 包住 餐补 房补 车补 话补 带薪 双休 单休 大小周 年终奖 全勤奖 节日福利 下午茶
    朝九晚 早九晚 免费(?:住宿|工作餐|培训|午餐) 入职(?:即|缴|购) 一经录用 综合工资 月薪 年薪
    (?:薪资|工资|薪酬|待遇|福利|工作时间|上班时间|上班地点|工作地点)[：:] (?:工资|薪资)\d 待遇从?优 合理优厚
    (?:薪资|薪酬|工资)(?:按|面议|可谈|从优|优厚)
    完善的(?:假期|福利|培训|晋升|薪|社|保) (?:优厚|丰厚)的? 公司(?:为员工|将为|提供|承诺|会为)
    (?:广阔的)?晋升(?:空间|机会|通道) 法定节?假日""")
)
_PERK = r"社保|公积金|年假|补贴|补助|体检|旅游|团建|生日|奖金|股权|期权|提成|转正|薪酬|工资|薪资|福利|双休|五险|带薪"
_PERKS = re.compile(rf"(?:{_PERK}).{{0,12}}(?:{_PERK})")
_PAID = re.compile(
    "五险|六险|底薪|包吃|包住|提供食宿|提供住宿|双休|单休|月休|带薪|年终奖|薪(?<=[0-9]薪)|月薪|年薪|餐补|房补|节日福利|下午茶|团建|健身"
    "|年假|不打卡|弹性|免费三餐|免费住宿|免费工作餐|补充医疗|体检|股票|期权|薪资|待遇|提成|奖金|补贴|社保|公积金|旅游|零食"
)
"""Each begins with a character, so that the search passes over most places."""
_BENEFIT_WORK = re.compile(
    one_of("""
    负责 办理 核算 制定 制订 协助 完成 参与 处理 编制 设计 管理 组织 审核 统计 计算 做好 熟悉 了解 执行 建立 优化 员工
    采购""")
)
_CONTACT = re.compile(
    one_of(r"""
    联系(?:电话|人|方式|地址) 非诚勿扰 (?:电话|手机|微信号?|QQ|邮箱|地址|备注|注|来源)[：:] 简历(?:请|投|发) 请将简历
    投递简历 面试(?:地点|时间)?(?:：|请) 乘车路线 https?:// www\. 扫码 关注(?:我们|公众号)
    欢迎(?:您|你|加入|投递|咨询|有志|各位|广大|大家) 期待(?:您|你) 有意者 下载(?:本文|文档|后|地址) 本站 我要投稿
    (?:格式|大小|页数|(?:发布|更新)?(?:时间|日期)|作者|编辑|浏览|点击|阅读|查看人数|下载)[：:] 版权(?:声明|所有|归)
    更多(?:相关|内容|精彩|范文|资料|[^，。；]{1,16}(?:文章|范文|内容)) 相关(?:推荐|阅读|文章)
    (?:文档|资料|文章|文件)一经(?:下载|售出)""")
)
_LETTERS = "\u4e00-\u9fffA-Za-z"
_TWO_LETTERS = re.compile(rf"(?:[^{_LETTERS}]*[{_LETTERS}]){{2}}")


def side_of(text: str, start: int, end: int) -> Side | None:
    """On which side its words put the item text[start:end]; None where they do not tell."""
    return told(text, start, end)[0]


def told(text: str, start: int, end: int) -> tuple[Side | None, bool]:
    """The side of side_of, and whether it is certainly a requirement: schooling, years, age, 优先 in what is no 负责….

    No duty says such things.
    """
    clear = text.startswith(_CLEAR_DUTY, start)
    if _CONDITION_HINT.search(text, start, end) and _CONDITION.search(text, start, end):
        return "requirement", not clear
    if clear:
        return "duty", False
    if _FIT.match(text, start, end):
        return "requirement", False
    return "duty" if VERB.match(text, start, end) else None, False


_EMPTY = re.compile(r"(?:不限|其他|其它|同上|面议|暂无|如题|(?:范文|篇)[\d一二三四五六七八九十]{1,2})\Z|序号")


PLAIN = rf"(?!{_EMPTY.pattern}|{_CONTACT.pattern}|{_BENEFIT.pattern}|{_PERK})[{_LETTERS}]{{2}}"
"""A pattern for how items begin that are certainly no noise, all but a few."""


def speaks_of_pay(text: str, start: int, end: int) -> bool:
    return _PAID.search(text, start, end) is not None


def is_pay(text: str, start: int, end: int) -> bool:
    """Whether an item counts what the employer gives: three such things, or two if it asks for nothing."""
    given = len(set(_PAID.findall(text, start, end)))
    if given < 2 or VERB.match(text, start, end) or _BENEFIT_WORK.search(text, start, min(end, start + 12)):
        return False
    return given > 2 or _FIT.match(text, start, end) is None


def is_noise(text: str, start: int, end: int) -> bool:
    """Pay, benefits, contacts, page furniture, and what masking left empty."""
    if not _TWO_LETTERS.match(text, start, min(end, start + 12)) or _EMPTY.match(text, start, end):
        return True
    if _CONTACT.match(text, start, end):
        return True
    if not _BENEFIT.match(text, start, end) and not _PERKS.match(text, start, end):
        return False
    return _BENEFIT_WORK.search(text, start, min(end, start + 12)) is None
