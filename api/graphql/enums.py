"""Of what kinds nodes are, in GraphQL."""

from __future__ import annotations

from enum import Enum

import strawberry


@strawberry.enum(description="任职要求的类型 / What a requirement is about")
class RequirementType(Enum):
    EDUCATION = strawberry.enum_value("education", description="学历 / Education")
    EXPERIENCE = strawberry.enum_value("experience", description="经验 / Experience")
    SKILL = strawberry.enum_value("skill", description="技能 / Skills")
    TRAIT = strawberry.enum_value("trait", description="素质 / Traits")
    LANGUAGE = strawberry.enum_value("language", description="语言 / Languages")
    OTHER = strawberry.enum_value("other", description="其他 / Anything else")


@strawberry.enum(description="技能的类型 / What kind of skill it is")
class SkillType(Enum):
    KNOWLEDGE = strawberry.enum_value("knowledge", description="知识 / Knowledge")
    SKILL = strawberry.enum_value("skill", description="技能 / Skill")
    TOOL = strawberry.enum_value("tool", description="工具 / Tool")
    TRAIT = strawberry.enum_value("trait", description="素质 / Trait")


@strawberry.enum(description="技能的状态 / Where a skill comes from")
class SkillStatus(Enum):
    CURATED = strawberry.enum_value("curated", description="在技能表中 / In the taxonomy")
    CANDIDATE = strawberry.enum_value("candidate", description="技能表中没有 / A phrase that the taxonomy lacks")
    DEPRECATED = strawberry.enum_value("deprecated", description="已从技能表移除 / No longer in the taxonomy")


@strawberry.enum(description="部门或团队 / Department or team")
class DepartmentKind(Enum):
    DEPARTMENT = strawberry.enum_value("department", description="部门 / Department")
    TEAM = strawberry.enum_value("team", description="团队 / Team")


@strawberry.enum(description="招聘帖描述什么 / What a posting describes")
class PostingKind(Enum):
    ROLE = strawberry.enum_value("role", description="岗位 / A role")
    DEPARTMENT = strawberry.enum_value("department", description="部门 / A department")
