"""Loading and forgetting documents in GraphQL: mutations, the loads that were asked for, and how far one is."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any

import strawberry

from api import loads
from api.graphql.context import Context
from api.graphql.limits import page_size
from api.graphql.types import face, shown
from api.graphql.uploads import Upload
from graphmodel import jobs
from graphmodel.errors import NotFound, RolegraphError

UNCACHED = frozenset({"load", "loads"})
"""The root fields whose answers change while the graph does not."""

POLL_SECONDS = 0.5
"""How often the row of a job is looked at for a subscription."""


class Forbidden(RolegraphError):
    """The caller's key does not allow it."""


def _allowed(info: Context) -> loads.Loads:
    """The service, for those who may write. Raises Forbidden."""
    service: loads.Loads | None = info.context.loads
    if service is None or "write" not in info.context.caller.scopes:
        raise Forbidden(
            "Only a key that may write can load documents, forget them, or see loads.",
            "Send one as Authorization: Bearer KEY; rolegraph key --scope write makes one for the server.",
        )
    return service


def _upload(value: Any) -> Upload:
    if not isinstance(value, Upload):
        raise ValueError("A file is sent as a part of a multipart/form-data request.")
    return value


SCALARS: dict[object, Any] = {
    Upload: strawberry.scalar(
        name="Upload",
        description="随请求上传的文件（multipart）/ A file, sent as the GraphQL multipart request specification says",
        specified_by_url="https://github.com/jaydenseric/graphql-multipart-request-spec",
        parse_value=_upload,
    )
}
"""The scalars of these fields, for the configuration of the schema."""


@strawberry.enum(description="读入任务的状态 / What has become of a load")
class LoadState(Enum):
    QUEUED = strawberry.enum_value("queued", description="等待中 / It waits for those before it")
    RUNNING = strawberry.enum_value("running", description="进行中 / It is being done")
    DONE = strawberry.enum_value(
        "done", description="完成；个别文档可能失败 / All documents were dealt with; single ones may have failed"
    )
    FAILED = strawberry.enum_value("failed", description="整体失败 / It could not be done: see `problem`")
    INTERRUPTED = strawberry.enum_value("interrupted", description="其进程中断 / Its process came to an end before it")


@face(jobs.Failed, "读入失败的文档 / A document that could not be read")
class LoadFailure:
    origin: str = shown("文档来源 / The origin of the document")
    reason: str = shown("原因与建议 / What is the matter, and what to do about it")


def _moment(name: str, description: str) -> Any:
    def resolve(self: Any) -> str | None:
        seconds = getattr(self, name)
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")

    return strawberry.field(resolver=resolve, description=description)


def _problem(self: Any) -> str | None:
    return self.problem or None


@face(
    jobs.Job,
    "读入任务；表格的行、压缩包内的文件各算一份文档 / A load; each row of a table is a document",
)
class Load:
    id: strawberry.ID = shown("标识 / The id")
    state: LoadState = shown("状态 / What has become of it")
    asked_by: str = shown("提出者：密钥名称 / The name of the key with which it was asked for")
    asked_at: str = _moment("asked", "提出时间（ISO 8601，UTC）/ When it was asked for (ISO 8601, UTC)")
    started_at: str | None = _moment("started", "开始时间；尚未开始则为空 / When it began; null if it has not")
    updated_at: str = _moment("updated", "最近更新时间 / When it was heard of last")
    total: int | None = shown("文档总数，完成后才知道 / How many documents there are; null until all were met")
    done: int = shown("已处理的文档数 / How many documents were dealt with")
    share: float = shown("进度，按字节，0 至 1 / How much of all bytes was passed, from 0 to 1")
    added: int = shown("新增，完成后才有 / Documents that are new; this and the following counts are there at the end")
    changed: int = shown("替换了旧版本 / Documents that took the place of an older version")
    unchanged: int = shown("没有变化 / Documents that were there already")
    empty: int = shown("其中没有招聘帖 / Documents without a posting, which are not kept")
    forgotten: int = shown("因不再有招聘帖而移除 / Documents forgotten because their new version has no posting")
    failed: int = shown("失败 / Documents that could not be read")
    failures: list[LoadFailure] = shown("失败的文档，至多 100 份 / The first 100 documents that failed")
    without: list[str] = shown("没有招聘帖的文档，至多 100 份 / The first 100 documents without a posting")
    due: bool = shown("技能表已更换，其他文档待重新解读 / Whether the skill taxonomy changed: other documents are due")
    problem: str | None = strawberry.field(
        resolver=_problem, description="整体失败或中断的原因 / Why it failed or was interrupted"
    )


@strawberry.interface(description="请求不能执行的原因 / Why a request is not carried out")
class LoadProblem:
    message: str = shown("说明与建议 / What is the matter, and what to do about it")


@strawberry.type(description="文档名称或内容不可用 / A document's name or content cannot be taken")
class BadDocument(LoadProblem):
    name: str = shown("所给的名称 / The name that was given")


@strawberry.type(description="超出上限 / More than may be sent at once")
class TooLarge(LoadProblem):
    size: int = shown("所给的字节数或文档数 / The bytes or documents that were sent")
    limit: int = shown("上限 / The most")


@strawberry.type(description="等待的任务过多 / Too many loads wait already")
class QueueFull(LoadProblem):
    pass


@face(loads.Forgotten, "已移除 / What was forgotten")
class Forgotten:
    origins: list[str] = shown("已移除的文档 / The documents that were in the store and are no longer")
    unknown: list[str] = shown("本来就没有的文档 / Those that were not there")


LoadResult = Annotated[
    Load | BadDocument | TooLarge | QueueFull,
    strawberry.union("LoadResult", description="读入任务，或不能读入的原因 / The load, or why it is not taken"),
]
ForgetResult = Annotated[
    Forgotten | BadDocument | TooLarge,
    strawberry.union("ForgetResult", description="移除的结果，或原因 / What was forgotten, or why nothing was"),
]


@strawberry.input(one_of=True, description="文档内容，三者之一 / The content of a document, in one of three ways")
class DocumentContent:
    text: str | None = strawberry.field(default=strawberry.UNSET, description="文本 / As text")
    base64: str | None = strawberry.field(
        default=strawberry.UNSET, description="文件的字节，Base64 编码 / The bytes of a file, in Base64"
    )
    upload: Upload | None = strawberry.field(
        default=strawberry.UNSET, description="上传的文件 / A file of a multipart request"
    )


@strawberry.input(description="要读入的文档 / A document to be loaded")
class DocumentInput:
    name: str = strawberry.field(
        description="名称，如 2024/店长.docx；同名者被替换 / Its name, a relative path; it replaces what has this name"
    )
    content: DocumentContent = strawberry.field(description="内容 / Its content")


def _content(given: DocumentInput) -> loads.Document:
    """The document as the service takes it. Raises BadDocument."""
    content = given.content
    try:
        if isinstance(content.text, str):
            return loads.Document(given.name, content.text.encode())
        if isinstance(content.base64, str):
            return loads.Document(given.name, base64.b64decode(content.base64, validate=True))
    except UnicodeEncodeError:
        raise loads.BadDocument(given.name, "The text holds half a character.", "Send Unicode text.") from None
    except ValueError:
        problem = "The content is not Base64."
        raise loads.BadDocument(given.name, problem, "Encode the bytes as RFC 4648 says (section 4).") from None
    assert isinstance(content.upload, Upload)  # one of the three is there
    return loads.Document(given.name, content.upload.content)


Documents = Annotated[
    list[DocumentInput], strawberry.argument(description="文档 / The documents; no two have the same name")
]
Origins = Annotated[
    list[str], strawberry.argument(description="文档来源，至多 1000 / The origins of documents, at most 1000")
]
LoadId = Annotated[strawberry.ID, strawberry.argument(description="任务标识 / The id of a load")]
FirstLoads = Annotated[int, strawberry.argument(description="最近几个任务 / How many, the latest first")]


def _load_documents(info: Context, documents: Documents) -> Any:
    service = _allowed(info)
    return _told(lambda: service.load([_content(each) for each in documents], info.context.caller.name))


def _forget_documents(info: Context, origins: Origins) -> Any:
    service = _allowed(info)
    return _told(lambda: service.forget(origins))


def _told(act: Callable[[], Any]) -> Any:
    """What comes of it; expected failures as data."""
    try:
        return act()
    except loads.BadDocument as error:
        name = error.name.encode("utf-8", "replace").decode()  # half a character could not be sent back
        return BadDocument(message=str(error), name=name)
    except loads.TooLarge as error:
        return TooLarge(message=str(error), size=error.size, limit=error.limit)
    except loads.QueueFull as error:
        return QueueFull(message=str(error))


def _load(info: Context, id: LoadId) -> Any:
    return next(iter(_allowed(info).jobs([id])), None)


def _loads(info: Context, first: FirstLoads = 20) -> Any:
    return _allowed(info).jobs(limit=page_size(first))


async def _load_progress(info: Context, id: LoadId) -> AsyncGenerator[Load, None]:
    """The load, each time that something new is known of it, until it is finished. Raises NotFound, Forbidden."""
    service = _allowed(info)
    seen = None
    while seen is None or not seen.finished:
        if seen is not None:
            await asyncio.sleep(POLL_SECONDS)
        found = await asyncio.to_thread(service.jobs, [id])
        if not found:
            raise NotFound("load", id)
        if found[0] != seen:
            seen = found[0]
            yield seen  # type: ignore[misc]


def _subscribed(resolver: Any, description: str) -> Any:
    return strawberry.subscription(resolver=resolver, description=description)


@strawberry.type
class Loading:
    """The part of the schema's Query that tells of loads."""

    load: Load | None = strawberry.field(
        resolver=_load, description="一个读入任务，需写权限 / One load, for keys that may write; null if there is none"
    )
    loads: list[Load] | None = strawberry.field(
        resolver=_loads,
        description="读入任务，最近的在前，需写权限 / The loads, latest first, for keys that may write",
    )


@strawberry.type(description="写入，需写权限 / What changes the graph, for keys that may write")
class Mutation:
    load_documents: LoadResult | None = strawberry.mutation(
        resolver=_load_documents,
        description="读入文档；立即返回任务 / Load documents; the load goes on after the answer",
    )
    forget_documents: ForgetResult | None = strawberry.mutation(
        resolver=_forget_documents,
        description="移除文档，以及只有它们说明的内容 / Take documents, and what they alone say, out of the graph",
    )


@strawberry.type(description="订阅（graphql-transport-ws）/ What is told as it happens, over graphql-transport-ws")
class Subscription:
    load_progress: Load = _subscribed(
        _load_progress,
        "读入任务，每有变化即推送，直至结束 / A load, whenever something changes, until it is finished",
    )
