"""Mentions and evidence in GraphQL: where a document says what the graph holds."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from api.graphql.context import Context
from api.graphql.levels import level

if TYPE_CHECKING:
    from api.graphql.types import Item, Posting, Subject

LazyPosting = Annotated["Posting", strawberry.lazy("api.graphql.types")]
LazyItem = Annotated["Item", strawberry.lazy("api.graphql.types")]
LazySubject = Annotated["Subject", strawberry.lazy("api.graphql.types")]


@strawberry.enum(description="必须或优先 / Whether something is a must")
class Necessity(Enum):
    REQUIRED = strawberry.enum_value("required", description="必须 / A must")
    PREFERRED = strawberry.enum_value("preferred", description="优先、加分 / A plus")


@strawberry.enum(name="MentionMethod", description="技能的识别方式 / How a skill was found in the words")
class Method(Enum):
    LABEL = strawberry.enum_value("label", description="技能名称或别名 / A label of the taxonomy")
    PATTERN = strawberry.enum_value("pattern", description="动词与宾语 / A verb with its object")
    CANDIDATE = strawberry.enum_value("candidate", description="技能表中没有的说法 / A phrase that the taxonomy lacks")
    CURATED = strawberry.enum_value("curated", description="人工标注 / Set by a person")


@strawberry.enum(name="Involvement", description="与部门的关系 / How an item involves a department")
class How(Enum):
    WITH = strawberry.enum_value("with", description="协作 / Works with it")
    FOR = strawberry.enum_value("for", description="服务于它 / Works for it")
    MANAGES = strawberry.enum_value("manages", description="管理它 / Manages it")


def made(of: Callable[[Any], Any], description: str) -> Any:
    """A field that is made from its object."""

    @level(description)
    def resolve(values: list[Any], info: Context) -> Any:
        return list(map(of, values))

    return resolve


def renamed(path: str, description: str) -> Any:
    """A field that shows an attribute under another name, or an attribute of an attribute."""
    return made(attrgetter(path), description)


def _spans(self: Any) -> Any:
    return [Span(start=start, end=end) for start, end in self.spans]


def utf16(text: str, place: int) -> int:
    """A place in code points as one in UTF-16 units, by which JavaScript and Java count.

    >>> utf16("𠮷野家店长", 3)
    4
    """
    return place + sum(character > "\uffff" for character in text[:place])


def _utf16_of_item(end: str, description: str) -> Any:
    """As utf16, for words in the item that a mention is of."""
    get = attrgetter(end)

    @level(description, wants=lambda values, info: info.context.batches.want_nodes(one.source for one in values))
    def resolve(values: list[Any], info: Context) -> Any:
        items = info.context.batches.nodes([one.source for one in values])
        return [utf16(getattr(item, "text", ""), get(one)) for one, item in zip(values, items, strict=True)]

    return resolve


def node_of(name: str, description: str) -> Any:
    """A field that gives the node whose id an attribute is."""
    get = attrgetter(name)

    @level(description, wants=lambda values, info: info.context.batches.want_nodes(map(get, values)))
    def resolve(values: list[Any], info: Context) -> Any:
        return info.context.batches.nodes(list(map(get, values)))

    return resolve


_WORDS = "条目中的原话 / The words of the item"
_START = "原话在条目中的起点，按码点 / Where they start in the item, in code points"
_END = "原话在条目中的终点，不含 / Where they end, not included"
_START_16 = "起点，按 UTF-16 单元，即 JavaScript 的下标 / As start, in UTF-16 units: an index of JavaScript"
_END_16 = "终点，按 UTF-16 单元，不含 / As end, in UTF-16 units"
_LINE = "行号，从 1 起 / The line in the document, from 1"
_SPANS = "在文档解码后的文本中的位置，按码点 / The place in the decoded text of the document, in code points only"
_NECESSITY = "必须或优先 / A must or a plus"
_LEVEL = "程度：了解、熟悉、掌握、精通 / The level that is asked for"
_POSTING = "出自哪个招聘帖 / The posting that says so"


@strawberry.type(description="文本中的一段，按 Unicode 码点 / A stretch of a text, in Unicode code points")
class Span:
    start: int = strawberry.field(description="起点 / Start")
    end: int = strawberry.field(description="终点，不含 / End, not included")


@strawberry.type(description="招聘帖列出条目之处 / Where a posting lists an item")
class ItemMention:
    id: strawberry.ID = strawberry.field(description="标识 / Its id")
    posting: LazyPosting = node_of("posting", _POSTING)
    heading: str | None = strawberry.field(description="所在小标题 / The heading it stands under")
    line: int = strawberry.field(description=_LINE)
    spans: list[Span] = strawberry.field(resolver=_spans, description=_SPANS)
    necessity: Necessity = strawberry.field(description=_NECESSITY)


@strawberry.type(description="招聘帖陈述事实之处 / Where a posting states a fact")
class FactMention:
    id: strawberry.ID = strawberry.field(description="标识 / Its id")
    posting: LazyPosting = node_of("posting", _POSTING)
    words: str = renamed("evidence", "原话 / The words that state it")
    line: int = strawberry.field(description=_LINE)
    spans: list[Span] = strawberry.field(resolver=_spans, description=_SPANS)
    definition: str | None = strawberry.field(description="指标的定义 / The definition of an indicator")
    goal: str | None = strawberry.field(description="指标的目标 / The target of an indicator, as stated")


@strawberry.type(description="条目中要求技能的说法 / The words of an item that ask for a skill")
class SkillMention:
    id: strawberry.ID = strawberry.field(description="标识 / Its id")
    words: str = renamed("evidence", _WORDS)
    start: int = strawberry.field(description=_START)
    end: int = strawberry.field(description=_END)
    start_utf16: int = _utf16_of_item("start", _START_16)
    end_utf16: int = _utf16_of_item("end", _END_16)
    method: Method = strawberry.field(description="识别方式 / How it was found")
    confidence: float = strawberry.field(description="置信度，0 至 1 / Confidence, from 0 to 1")
    necessity: Necessity = strawberry.field(description=_NECESSITY)
    level: str | None = strawberry.field(description=_LEVEL)


@strawberry.type(description="条目中提到部门的说法 / The words of an item that name a department")
class DepartmentMention:
    id: strawberry.ID = strawberry.field(description="标识 / Its id")
    words: str = renamed("evidence", _WORDS)
    start: int = strawberry.field(description=_START)
    end: int = strawberry.field(description=_END)
    start_utf16: int = _utf16_of_item("start", _START_16)
    end_utf16: int = _utf16_of_item("end", _END_16)
    how: How = strawberry.field(description="何种关系 / In what way")


@strawberry.type(description="依据：哪份文档的哪一条要求此技能 / Evidence: where a posting asks for a skill")
class Evidence:
    subject: LazySubject = node_of("subject", "要求它的岗位或部门 / The role or department that asks for it")
    item: LazyItem = node_of("item", "条目 / The duty or requirement")
    text: str = strawberry.field(description="条目全文 / The text of the item")
    before: str = made(lambda self: self.text[: self.start], "原话之前 / What stands before the words")
    words: str = strawberry.field(description=_WORDS)
    after: str = made(lambda self: self.text[self.end :], "原话之后 / What stands after the words")
    start: int = strawberry.field(description=_START)
    end: int = strawberry.field(description=_END)
    start_utf16: int = made(lambda self: utf16(self.text, self.start), _START_16)
    end_utf16: int = made(lambda self: utf16(self.text, self.end), _END_16)
    origin: str = strawberry.field(description="文档 / The origin of the document")
    heading: str | None = strawberry.field(description="所在小标题 / The heading it stands under")
    line: int = strawberry.field(description=_LINE)
    spans: list[Span] = strawberry.field(resolver=_spans, description=_SPANS)
    posting: LazyPosting = node_of("posting", _POSTING)
    method: Method = strawberry.field(description="识别方式 / How it was found")
    necessity: Necessity = strawberry.field(description=_NECESSITY)
    level: str | None = strawberry.field(description=_LEVEL)
