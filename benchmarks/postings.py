"""Postings made up from the taxonomy and lists of phrases: the same number always gives the same text."""

from __future__ import annotations

import random
from functools import lru_cache

from ontology import taxonomy


def _words(text: str) -> list[str]:
    return text.split()


INDUSTRIES = _words(
    "互联网 电商 酒店 旅游 教育 金融 物流 医药 零售 餐饮 地产 汽车 家居 服装 化工 能源 游戏 广告 通信 制造"
)
JOBS = _words(
    "运营专员 运营经理 产品经理 数据分析师 市场专员 市场经理 销售代表 销售经理 客服主管 人事专员 行政助理 会计 "
    "采购专员 仓储主管 物流专员 品牌经理 活动策划 新媒体编辑 渠道经理 项目经理 培训讲师 商务拓展 前厅经理 计调专员"
)
GRADES = ("", "初级", "高级", "资深", "见习", "区域")
DEPARTMENTS = _words("市场部 销售部 产品部 技术部 财务部 人力资源部 客服部 运营中心 采购部 物流部 行政部 品牌部")
MAJORS = _words("市场营销 工商管理 统计学 计算机 新闻传播 电子商务 财务管理 旅游管理 物流管理 应用数学 中文")
OBJECTS = _words(
    "年度推广方案 会员活动 供应商档案 门店日报 客户资料 合作合同 项目进度 线上活动 经营数据 产品上架流程 库存台账 "
    "媒体资源 培训课件 竞品动态 用户反馈 渠道报价 售后问题 展会物料 预算执行情况 服务标准"
)
ENDS = (
    "并按月提交总结报告",
    "保证按时保质完成",
    "及时向上级反馈问题",
    "持续优化工作流程",
    "确保符合公司制度",
    "达成季度目标",
    "为业务决策提供依据",
    "提高客户满意度",
    "降低运营成本",
    "形成可复用的文档",
)
DUTIES = (
    "负责{industry}业务的{object}，结合{skill}的结果，{end}",
    "协助{department}完成{object}的整理和{skill}，{end}",
    "独立开展{skill}工作，跟进{industry}方向的{object}，{end}",
    "与{department}沟通{object}，通过{skill}发现问题，{end}",
    "根据{industry}市场变化调整{object}，做好{skill}和{skill2}，{end}",
    "组织{object}的评审，推动{skill}落地，{end}",
    "完成领导交办的其他工作",
)
REQUIREMENTS = (
    "{education}及以上学历，{major}、{major2}等相关专业",
    "{years}年以上{industry}行业{object}相关工作经验",
    "熟悉{skill}，了解{skill2}，能独立处理{object}",
    "具备良好的{skill}和{skill2}，{end}",
    "熟练使用{tool}、{tool2}，有{industry}项目经验者优先",
    "工作认真负责，有较强的{trait}和{trait2}",
)


def title(number: int) -> str:
    """One of about 3,000 titles, common ones more often."""
    chance = random.Random(f"title {number}")
    rank = int(chance.paretovariate(0.6))
    industry, job, grade = (
        INDUSTRIES[rank % len(INDUSTRIES)],
        JOBS[rank // 7 % len(JOBS)],
        GRADES[rank // 3 % len(GRADES)],
    )
    return grade + industry + job


def posting(number: int, name: str | None = None) -> str:
    """The text of a posting of 9 to 14 items, about 1 kB of UTF-8."""
    chance = random.Random(f"posting {number}")
    skills = _labels()

    def fill(template: str) -> str:
        return template.format(
            industry=chance.choice(INDUSTRIES),
            object=chance.choice(OBJECTS),
            department=chance.choice(DEPARTMENTS),
            end=chance.choice(ENDS),
            education=chance.choice(("大专", "本科", "硕士")),
            years=chance.randint(1, 8),
            major=chance.choice(MAJORS),
            major2=chance.choice(MAJORS),
            skill=chance.choice(skills["skill"]),
            skill2=chance.choice(skills["skill"]),
            tool=chance.choice(skills["tool"]),
            tool2=chance.choice(skills["tool"]),
            trait=chance.choice(skills["trait"]),
            trait2=chance.choice(skills["trait"]),
        )

    duties = [fill(chance.choice(DUTIES)) for _ in range(chance.randint(4, 7))]
    requirements = [fill(template) for template in chance.sample(REQUIREMENTS, chance.randint(4, 6))]
    lines = [name or title(number), f"所属部门：{chance.choice(DEPARTMENTS)}", "岗位职责："]
    lines += [f"{n}、{text}；" for n, text in enumerate(duties, 1)]
    lines.append("任职要求：")
    lines += [f"{n}、{text}；" for n, text in enumerate(requirements, 1)]
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=1)
def _labels() -> dict[str, list[str]]:
    """The preferred Chinese labels of the taxonomy, by type; knowledge counts as skill."""
    found: dict[str, list[str]] = {"skill": [], "tool": [], "trait": []}
    for entry in taxonomy.load().entries.values():
        found["skill" if entry.type == "knowledge" else entry.type].append(entry.zh)
    return found
