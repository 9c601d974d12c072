"""The planner's answers as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from api.tables import add, places, plain_table, section, skill_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.nodes import Skill
    from graphmodel.questions.conditions import Judged
    from graphmodel.questions.gap import Gap
    from graphmodel.questions.own import Own
    from graphmodel.questions.paths import NextSteps, Paths, Statement
    from graphmodel.questions.profile import Comparison, SkillProfile
    from graphmodel.questions.similar import Alike, Hub, Matches, RolesRequiring, Similar

_STATUS = {
    "met": ("符合 met", "green"),
    "not met": ("不符 not met", "red"),
    "not stated": ("未说明 not stated", "dim"),
    "not read": ("未读到 not read: a document breaks off", "yellow"),
}
_TOPIC = {
    "education": "学历 education",
    "years": "年限 years",
    "certificate": "证书 certificate",
    "language": "语言 language",
}


def profile(answer: SkillProfile, console: Console) -> Group:
    """The skills of one subject, each with the postings that ask for it and the places."""
    table = skill_table(second="招聘帖 postings")
    for one in answer.skills:
        add(table, one.skill, list(places(one.need, console, in_of(one.need.postings, answer.postings))))
    return Group(
        Text.assemble((answer.subject.name, "bold"), f"  招聘帖 postings: {answer.postings}"),
        section(f"技能 skills ({len(answer.skills)})", table),
        *_silence(len(answer.skills), answer.postings),
    )


def gap(answer: Gap, console: Console) -> Group:
    """Lacks first, since that is what is asked; then partly, has, and the conditions."""
    lacks = plain_table("技能 skill", "要求 asked for", "有用于 useful in", "部门 departments", "职责或要求 where")
    for lack in answer.lacks:
        where = [f"{place.text} ({place.origin}:{place.line})" for place in lack.need.evidence]
        lacks.add_row(
            Text(lack.skill.name, "bold"),
            _asked(lack.need.necessity, lack.need.postings, answer.postings),
            f"{lack.roles} 岗位 roles",
            "、".join(place.department.name for place in lack.departments[:3]),
            Text("\n".join(dict.fromkeys(where))),
        )
    partly = plain_table("技能 skill", "要求 asked for", "已有 through", "共同 common", "相似 similarity")
    for part in answer.partly:
        asked = _asked(part.need.necessity, part.need.postings, answer.postings)
        partly.add_row(Text(part.skill.name, "bold"), asked, part.via.name, part.common.name, f"{part.similarity:.0%}")
    has = plain_table("技能 skill", "要求 asked for")
    for had in answer.has:
        has.add_row(Text(had.skill.name, "bold"), _asked(had.need.necessity, had.need.postings, answer.postings))
    start = answer.start.name if answer.start else "自己 yourself"
    covered = "—" if answer.coverage is None or not answer.known else f"{answer.coverage:.0%}"
    return Group(
        Text.assemble((start, "bold"), " → ", (answer.target.name, "bold"), f"  已具备 covered, by rarity: {covered}"),
        *_understood(answer.own),
        *_unknown(answer),
        section(f"缺少 lacks, in learning order ({len(answer.lacks)})", lacks),
        section(f"部分具备 partly ({len(answer.partly)})", partly),
        section(f"已具备 has ({len(answer.has)})", has),
        section("条件 conditions", _conditions(answer.conditions, answer.postings)),
        *_silence(len(answer.lacks) + len(answer.partly) + len(answer.has), answer.postings),
    )


def paths(answer: Paths, console: Console) -> Group:
    """Each path with its steps, the stated ones with the words that state them."""
    parts = []
    for number, path in enumerate(answer.paths, 1):
        table = plain_table("", "岗位 role", "差距 lacks", "依据 basis", "要学 to learn")
        for place, step in enumerate(path.steps, 1):
            basis = _statements(step.stated) if step.stated else Text("推断 inferred from the skills", "dim")
            more = f" … {step.lacking - len(step.lacks)} more" if step.lacking > len(step.lacks) else ""
            learn = "、".join(skill.name for skill in step.lacks) + more
            table.add_row(str(place), Text(step.target.name, "bold"), f"{step.cost:.0%}", basis, learn)
        way = " → ".join((answer.start.name, *(step.target.name for step in path.steps)))
        parts.append(section(f"路径 path {number}: {way} (cost {path.cost:.2f})", table))
    if not parts:
        parts.append(section("路径 paths", plain_table("")))
    return Group(Text.assemble((answer.start.name, "bold"), " → ", (answer.target.name, "bold")), *parts)


def next_steps(answer: NextSteps, console: Console) -> Group:
    """The stated steps from a role."""
    table = plain_table("岗位 role", "依据 stated in")
    for role, stated in answer.steps:
        table.add_row(Text(role.name, "bold"), _statements(stated))
    return Group(Text(answer.role.name, "bold"), section("文档写明的下一步 steps that documents state", table))


def similar(answer: Alike, console: Console) -> Group:
    """The roles, how alike, and the rarest shared skills."""
    title = Text.assemble((answer.subject.name, "bold"), f"  {answer.measure}")
    return Group(title, section(f"相似岗位 similar roles ({len(answer.roles)})", _similar(answer.roles)))


def matches(answer: Matches, console: Console) -> Group:
    """As similar, with how the words were understood."""
    table = _similar(answer.roles)
    return Group(*_understood(answer.own), section(f"匹配岗位 matching roles ({len(answer.roles)})", table))


def requiring(answer: RolesRequiring, console: Console) -> Group:
    """The roles, which skills they need, and where it says so."""
    table = skill_table("岗位 role", "技能 skill")
    for one in answer.roles:
        rows = [place for need in one.needs for place in places(need.need, console, need.skill.name)]
        add(table, one.role, rows)
    title = Text.assemble((answer.skill.name, "bold"), f"  {answer.count_of_roles} 岗位 roles")
    return Group(title, section(f"岗位 roles ({len(answer.roles)})", table))


def comparison(answer: Comparison, console: Console) -> Group:
    """A column a subject; ● required, ○ preferred, with the share of the postings where that is not all."""
    table = plain_table("技能 skill", *(subject.name for subject in answer.subjects))
    for row in answer.rows:
        cells = []
        for need in row.needs:
            mark = "" if need is None else "●" if need.necessity == "required" else "○"
            cells.append(mark if need is None or need.share == 1 else f"{mark} {need.share:.0%}")
        table.add_row(Text(row.skill.name, "bold"), *cells)
    pairs = plain_table("", "", "Jaccard", "加权 weighted")
    for pair in answer.pairs:
        values = (pair.measures.jaccard, pair.measures.weighted_jaccard)
        shown = ("—" if value is None else f"{value:.0%}" for value in values)
        pairs.add_row(answer.subjects[pair.a].name, answer.subjects[pair.b].name, *shown)
    return Group(section(f"技能 skills ({len(answer.rows)})", table), section("重合度 overlap", pairs))


def hubs(answer: Iterable[Hub], console: Console) -> Table:
    """The skills and how many roles need them."""
    table = plain_table("技能 skill", "类型 type", "岗位 roles", "占比 share")
    for hub in answer:
        table.add_row(Text(hub.skill.name, "bold"), hub.skill.type, f"{hub.roles:,}", f"{hub.share:.0%}")
    return table


def in_of(some: int, all: int) -> str:
    """In how many of the postings."""
    return f"{some} / {all}"


def _asked(necessity: str, postings: int, of: int) -> str:
    return f"{'必须 required' if necessity == 'required' else '优先 preferred'} {in_of(postings, of)}"


def _similar(roles: Iterable[Similar]) -> Table:
    table = plain_table("岗位 role", "相似 score", "共有 shared", "")
    for one in roles:
        table.add_row(Text(one.role.name, "bold"), f"{one.score:.0%}", str(one.in_common), _names(one.shared))
    return table


def _names(skills: Iterable[Skill]) -> str:
    return "、".join(skill.name for skill in skills)


def _statements(places: Iterable[Statement]) -> Text:
    return Text("\n".join(f"写明 stated: {one.words} ({one.origin}:{one.line})" for one in places), "green")


def _understood(own: Own | None) -> list[Text]:
    if own is None:
        return []
    lines = [Text(f"已有技能 own skills: {_names(own.skills) or '—'}")]
    for one in own.unresolved:
        near = f"; 相近 near: {'、'.join(one.nearest)}" if one.nearest else ""
        lines.append(Text(f"未识别 not understood: {one.words}{near}", "yellow"))
    return lines


def _unknown(answer: Gap) -> list[Text]:
    if answer.known or answer.start is None:
        return []
    return [
        Text(f"{answer.start.name}: 技能未说明 no posting names its skills: what is lacking is not known.", "yellow")
    ]


def _silence(skills: int, postings: int) -> list[Text]:
    if skills:
        return []
    return [Text(f"技能未说明 {postings} postings were read, and none names a skill: not stated, not none.", "yellow")]


def _conditions(judged: Iterable[Judged], postings: int) -> Table:
    table = plain_table("", "条件 condition", "招聘帖 postings", "", "原文 requirement")
    for one in judged:
        label, style = _STATUS[one.status]
        stated = one.condition
        if stated is None:
            table.add_row(_TOPIC[one.topic], "—", "", Text(label, style), "")
            continue
        wanted = f"{stated.wanted:g} 年" if isinstance(stated.wanted, float | int) else stated.wanted
        wanted += (f" {stated.field}" if stated.field else "") + (" (优先)" if stated.preferred else "")
        sources = Text("\n".join(f"{source.text} ({source.origin}:{source.line})" for source in stated.sources))
        table.add_row(_TOPIC[one.topic], wanted, in_of(stated.postings, postings), Text(label, style), sources)
    return table
