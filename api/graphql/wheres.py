"""What the lists of nodes are chosen and ordered by."""

from __future__ import annotations

from enum import Enum

import strawberry

from api.graphql.enums import DepartmentKind, RequirementType, SkillStatus, SkillType
from api.graphql.lookups import Lookup


@strawberry.enum(description="排序 / The order of a list")
class Order(Enum):
    NAME = strawberry.enum_value("name", description="按名称的码点 / By name, by code points")
    MOST = strawberry.enum_value(
        "most", description="招聘帖或岗位多者在前 / What most postings describe, or most roles need, first"
    )


@strawberry.input(description="选哪些岗位；各条件须同时满足 / Which roles; all conditions must hold")
class RoleWhere:
    department: Lookup | None = strawberry.field(default=None, description="属于此部门 / That belong to it")
    organization: str | None = strawberry.field(default=None, description="此单位的招聘帖描述的 / Of this organization")
    skill: Lookup | None = strawberry.field(default=None, description="需要此技能 / That need this skill")
    education: str | None = strawberry.field(
        default=None, description="要求此学历：初中至博士 / That ask for this education, 初中 to 博士"
    )
    text: str | None = strawberry.field(default=None, description="名称近似此文字 / With a name like this text")
    named: bool = strawberry.field(default=False, description="包括只被提到的岗位 / Also roles that are only named")


@strawberry.input(description="选哪些技能；各条件须同时满足 / Which skills; all conditions must hold")
class SkillWhere:
    type: SkillType | None = strawberry.field(default=None, description="只要此类型 / Only of this type")
    status: SkillStatus | None = strawberry.field(
        default=SkillStatus.CURATED, description="只要此状态；null 为不限 / Only of this status; null: any"
    )
    department: Lookup | None = strawberry.field(
        default=None, description="在此部门应用 / That are applied in this department"
    )
    text: str | None = strawberry.field(default=None, description="名称近似此文字 / With a name like this text")


@strawberry.input(description="选哪些部门；各条件须同时满足 / Which departments; all conditions must hold")
class DepartmentWhere:
    kind: DepartmentKind | None = strawberry.field(default=None, description="只要此种 / Only of this kind")
    text: str | None = strawberry.field(default=None, description="名称近似此文字 / With a name like this text")


@strawberry.input(description="选哪些任职要求；各条件须同时满足 / Which requirements; all conditions must hold")
class RequirementWhere:
    type: RequirementType | None = strawberry.field(default=None, description="只要此类型 / Only of this type")
    education: str | None = strawberry.field(
        default=None, description="最低学历恰为此 / Whose least education is this, 初中 to 博士"
    )
    text: str | None = strawberry.field(default=None, description="条目含有这些字 / That hold these words")


@strawberry.input(description="选哪些文档 / Which documents")
class DocumentWhere:
    origins: list[str] | None = strawberry.field(
        default=None,
        description="来源在其中，* 代表任意；至多 1000 个，其中 * 不在末尾的至多 20 个 / "
        "Of these origins, * stands for anything; at most 1000, of which 20 with a * before the end",
    )


@strawberry.input(description="选哪些职责 / Which duties")
class DutyWhere:
    text: str | None = strawberry.field(default=None, description="条目含有这些字 / That hold these words")
