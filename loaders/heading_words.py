"""The words of section headings and of labelled fields, and the kind of section that each begins.

Counted on 7,280 public postings; compound words are made from their parts, since people make them so.
"""

from __future__ import annotations

from itertools import product
from typing import Literal

SectionKind = Literal[
    "duty", "requirement", "preferred", "either", "overview", "standard", "process", "indicator", "career", "cut",
    "title", "department", "superior", "organization", "place", "field",
]  # fmt: skip
"""`either`: duties or requirements, the words of the items decide. The last six are labelled fields."""

_LISTS: tuple[tuple[SectionKind, str, str], ...] = (
    (
        "duty",
        """
    岗位 工作 职位 主要 具体 核心 基本 日常 部门 团队 个人 关键 重点 详细 本岗位 该岗位 职务 本职 主要工作 主要岗位
    具体工作 具体岗位 岗位主要 岗位核心 岗位具体 核心工作 日常工作 重点工作 主要的 你的 您的 基本岗位 中心 实习 管理
    安全 岗位日常""",
        """
    职责 职能 责任 任务 职责描述 职责说明 职责内容 职责范围 职责概述 职责介绍 职责明细 职责总结 职责汇总 职责汇总表
    职责详解 职责一览""",
    ),
    (
        "duty",
        """
    岗位 工作 职位 主要 主要工作 具体工作 日常工作 核心工作 岗位工作 实习 重点工作 业务 服务 合作 兼职 日常""",
        "内容",
    ),
    ("duty", "职责 工作 任务", "描述 说明 范围 概述 简述 详情 明细 事项"),
    (
        "duty",
        "",
        """
    主要工作 具体工作 核心工作 职责 职能 责任 本职 职责表述 主要负责 工作 工作很简单 有哪些内容 做什么 主要业务
    负责工作 负责事项 需要你做的
    我们希望你做的 日常工作 主要事项 工作事项 日常事务""",
    ),
    (
        "duty",
        "你 您",
        """
    将负责 要负责 会负责 需要负责 主要负责 将会 将参与 将承担 要做什么 会做什么 需要做什么 将要做什么 要做的 将做的
    需要做的 将要做的 要做的事 要做的事情 需要做的事 需要做的事情 的工作 的职责 的任务 的日常 的日常工作 的工作内容
    的主要工作""",
    ),
    (
        "either",
        "岗位 职位 工作 主要 岗位工作",
        """
    职责要求 职责及要求 职责与要求 职责和要求 职责、要求 职责/要求 描述及要求 描述与要求 描述和要求 描述/要求
    内容及要求 职责及任职要求 职责与任职要求 职责和任职要求 职责/任职要求 职责及任职资格 职责与任职资格
    职责和任职资格""",
    ),
    ("either", "职位 岗位 工作 职务 招聘", "描述 详情 信息 说明"),
    ("either", "", "职责要求 职责与要求 职责及要求 职责和要求"),
    (
        "requirement",
        """
    任职 岗位 职位 工作 应聘 招聘 资格 能力 技能 素质 专业 经验 学历 其他 其它 基本 技术 知识 综合 人员 教育 语言
    身体 年龄 性别 软件 硬性 核心能力 专业技能 专业能力 知识技能 岗位任职 必备 证书 候选人 申请 报名 报考 竞聘 选聘
    录用
    聘用 入职 用人 上岗 必要 专业知识 个人 心理 基本任职 人才 技能和经验 素养 能力素质 性格 形象 资质 经历 个人能力
    任职资格 任职能力 具体 外语 特殊 特别""",
        "要求 资格 条件 需求 资格要求 资格条件 基本要求 标准",
    ),
    ("requirement", "专业 必备 核心 硬 软 岗位 所需 通用", "技能 能力 素质 知识"),
    (
        "requirement",
        "",
        """
    要求 条件 资格 任职 我们期待 我们期望 我们希望 我们看重 我们寻找 期待的你 期待你 理想的你 理想候选人
    要求和资格 要求与资格 任职资格及要求 教育背景 学历背景 专业背景 工作经验 工作经历 从业经验
    相关经验 工作年限 从业年限 知识技能 能力素质 个人素质 综合素质 职业素养 个人品质 如果你 任职者要求 能力与素质
    知识与技能 技能与经验 应具备的能力 应具备的技能 应具备的条件 应聘者须知 胜任要素 胜任力 胜任能力 胜任条件
    胜任素质""",
    ),
    (
        "requirement",
        "希望 我们希望 需要 我们需要 期待 我们期待 期望 我们期望 想要 我们想要 寻找 我们寻找 我们在寻找 我们想找",
        "你 您 的你 这样的你 你是 你有 你具备 您具备 你能",
    ),
    ("requirement", "对 我们对", "你的要求 您的要求 你的期待 你的期望"),
    (
        "requirement",
        "你 您",
        "需要 需要有 需要会 需要具备 需要满足 应该有 应该具备 应具备 需具备 必须有 必须具备 要有 具备",
    ),
    (
        "preferred",
        "",
        """
    如果你还 如果你还有 如果你同时 如果还有 更加分 额外加分 锦上添花 加分技能 你最好 最好
    加分项 加分条件 加分项目 加分 优先条件 优先考虑 优先录用 优先录取 优先项 优先 优先考虑条件 优先条件者 优先资格
    以下为加分项 以下是加分项 以下加分 以下优先 以下条件优先 以下条件者优先 以下优先考虑 具备以下条件者优先
    有以下条件者优先 符合以下条件者优先
    具备以下条件优先 有以下经验者优先 具有以下条件者优先 满足以下条件者优先 符合以下条件优先""",
    ),
    ("overview", "岗位 职位 工作 职务 职责 部门", "概述 概要 简介 目的 目标 使命 背景 定义 定位 介绍 综述"),
    (
        "overview",
        "",
        """
    概述 引言 前言 导言 背景 目的 总则 适用范围 总结 结语 结论 小结 设置目的 编制目的 岗位职责是什么 是什么 岗位价值
    岗位设置目的 岗位特点 职业定义 职业概述""",
    ),
    ("process", "工作 服务 业务 操作 岗位 作业 管理 标准 主要", "流程 程序 步骤"),
    ("process", "", "流程 步骤 挑战 面临的挑战 面试流程 招聘流程 应聘流程"),
    (
        "indicator",
        """
    考核 绩效 关键 关键绩效 绩效考核 业绩 业绩考核 衡量 主要考核 主要绩效 KPI 工作绩效 核心 岗位考核""",
        "指标 标准 考核指标",
    ),
    ("indicator", "", "KPI 考核内容 绩效考核 考核项目 KPI考核 考核要点 评价标准 评估标准 考核方式 岗位考核"),
    ("standard", "管理 工作 服务 质量 岗位 职业", "标准"),
    (
        "career",
        "发展 晋升 职业 职业发展 成长 职业晋升 岗位晋升",
        "前景 空间 通道 路线 路径 方向 机制 发展 规划 途径 渠道",
    ),
    (
        "career",
        "",
        """
    职业发展 晋升 晋升发展 晋升机会 可晋升职位 可晋升岗位 可晋升至 可升迁岗位 可升迁职位 升迁岗位 晋升岗位 晋升职位
    下一岗位 职业生涯""",
    ),
    (
        "cut",
        "福利 薪资 薪酬 工资 待遇 公司 员工 岗位 职位 团队 企业 门店 薪酬福利 我们的 工作",
        "福利 待遇 福利待遇 优势 亮点 诱惑",
    ),
    ("cut", "你 您", "将获得 能获得 会获得 可以获得 将收获 能收获 可以收获 将得到 能得到 会得到 可以得到"),
    ("cut", "部门 岗位 人员 组织", "设置 配置 架构 编制 构成"),
    ("cut", "公司 企业 单位 团队 部门 项目 产品 业务 平台 品牌 门店 学校 医院 酒店 集团", "介绍 简介 概况 背景 优势"),
    ("cut", "工作 上班 作息 面试 实习 休息 营业 办公 到岗 项目 培训 报名 入职 合作", "时间 地点 地址 时长 方式 地区"),
    ("cut", "薪资 薪酬 工资 月薪 年薪 收入 底薪 综合薪资 综合工资 基本工资", "范围 构成 结构 标准 水平 说明 制度 组成"),
    (
        "cut",
        "",
        """
    福利 待遇 薪资 薪酬 月薪 年薪 工资 底薪 薪水 收入 综合薪资 综合工资 基本工资 提成 奖金 补贴 社保 保险 休假 假期
    试用期 薪资福利 薪酬福利 工资福利 福利待遇 薪资待遇 薪酬待遇 工资待遇 薪资及福利 薪资与福利 薪酬及福利
    薪酬与福利 待遇福利 公司可提供 我们提供 我们能提供 我们为你提供 我们将为你提供 我们给你 你的收获 我们能给你
    我们可以提供 加入我们 为什么加入我们 关于我们 我们是谁 我们的优势 岗位优势 职位优势 职位诱惑 岗位亮点 职位亮点
    职能类别 职位类别 岗位类别 关键字 关键词 微信分享 职位标签 招聘人数 人数 名额 招聘名额 需求人数 截止日期
    截止时间 发布日期
    有效期 备注 注 注意 注意事项 温馨提示 特别说明 说明 其他说明 其它说明 公司地址 详细地址 地址 通讯地址 联系方式
    联系电话 联系人 联系地址 电话 手机 邮箱 电子邮箱 微信 QQ 网址 官网 公司网址 公司官网 投递邮箱 简历投递 投递方式
    应聘方式 报名方式 乘车路线 交通路线 交通 公交路线 工作环境 工作条件 岗位权限 工作权限 权限 职权 工作关系
    下设岗位 下辖岗位 岗位构成 协作部门 配合部门 协同部门 对接部门 协作岗位 内部协作 内部沟通 外部沟通 内部协调
    外部协调 内部协调关系 外部协调关系 沟通关系 内外部关系 外部联系
    内部联系 外部关系 内部关系 使用工具 工作强度 培训 培训内容 岗位培训 入职培训 食宿 食宿情况
    班次 上班班次 工作班次 上班 休息 排班 职业危害 公司规模 公司性质 所属行业 公司行业 权限范围 使用设备 所用设备
    业务接触对象 接触对象 工作时间百分比 频次 用时 格式 大小 文档页数 页数 面试须知 面试安排 作息 住宿 劳动合同 合同
    用工形式 版权声明 免责声明 相关阅读 相关推荐 Tips PS P.S 附注 福利及待遇 福利与待遇
    招聘岗位及人数 招聘岗位和人数 招聘计划 招聘人数及岗位 招聘程序 招聘办法 报名时间及方式 报名时间和方式
    报名程序 报名办法 报名与资格审查 考试方式 考试内容 考试办法 考核办法 资格审查 资格复审 体检与考察 体检和考察
    公示与聘用 公示及聘用 聘用 聘用及待遇 纪律与监督 其他事项 其它事项 其他信息 其它信息 职位发布者 发布者 招聘者
    工商信息 公司基本信息""",
    ),
    (
        "title",
        "",
        """
    岗位名称 职位名称 招聘岗位 招聘职位 应聘岗位 应聘职位 职务名称 岗位 职位 职务 工种 岗位名 职位名 招聘职务""",
    ),
    (
        "department",
        "",
        "所属部门 所在部门 隶属部门 归属部门 岗位部门 职位部门 部门名称 任职部门 用人部门 需求部门 上级部门 部门",
    ),
    (
        "superior",
        "",
        """
    直接上级 直属上级 上级主管 汇报对象 汇报上级 直接领导 直属领导 上级岗位 上级职位 汇报给 直接主管 直接汇报
    汇报关系 上级 督导上级 直接上司 直属上司 直线上级 汇报线""",
    ),
    ("organization", "", "公司名称 招聘单位 企业名称 用人单位 单位名称 公司 职位所在公司 所属公司 招聘公司 用人公司"),
    ("place", "", "工作地点 工作城市 上班地点 所在城市 工作地 工作地址 上班地址 工作区域 所在地区 城市 地点"),
    (
        "field",
        "",
        """
    直接下级 直属下级 下属 下级 下属人数 下属岗位 直接下属 管辖人数 管理人数 岗位编号 职位编号 编号 编制 编制人数
    岗位编制 定员 岗位级别 职级 职等 职位等级 岗位等级 薪酬等级 工资等级 岗位性质 职位性质 工作性质 编制日期 编制人
    审核 审核人 批准 批准人 生效日期 版本 版本号 所辖人员 岗位类型 工作类型 招聘类型 督导对象 督导人员 督导下级
    直接督导
    管理对象 管理下级 管理人员 行业要求 下属人数""",
    ),
)
"""Kind, beginnings, endings: each beginning with each ending is a word; without beginnings, each ending is one."""

_ENGLISH: tuple[tuple[SectionKind, str], ...] = (
    ("duty", "responsibilities,responsibility,job responsibilities,job description,duties,key responsibilities"),
    ("duty", "main responsibilities,job duties,main duties,what you will do,what you'll do,your role"),
    ("requirement", "requirements,requirement,qualifications,qualification,job requirements,skills,skill"),
    ("requirement", "job qualifications,key requirements,required skills,basic qualifications,what we look for"),
    ("preferred", "preferred qualifications,preferred,nice to have,bonus,bonus points,plus,good to have"),
    ("department", "department"),
    ("superior", "reports to,report to,reporting to"),
    ("place", "location,work location"),
    ("overview", "about the role,about this role,the role"),
    ("overview", "job summary,job purpose,position summary,summary"),
    ("cut", "benefits,what we offer,we offer,about us,about the company,company profile,working hours,salary"),
)


def _words() -> dict[str, SectionKind]:
    """Of two lists with one word, the later one has it."""
    words: dict[str, SectionKind] = {}
    for kind, before, after in _LISTS:
        words.update(((a + b).lower(), kind) for a, b in product(before.split() or [""], after.split()))
    for kind, phrases in _ENGLISH:
        words.update((phrase, kind) for phrase in phrases.split(","))
    return words


WORDS = _words()
"""The kind of each heading word; English ones in lower case."""
