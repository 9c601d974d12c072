"""Files beside a request, as the GraphQL multipart request specification sends them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import orjson
from python_multipart.exceptions import FormParserError
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from api.graphql.engine import Request
from api.graphql.uploads import Upload
from api.transport.refusals import Refused
from api.transport.requests import from_json

MOST_FILES = 100


async def from_parts(content_type: str, stream: AsyncGenerator[bytes, None], most_bytes: int) -> Request:
    """The request in the part `operations`, with the files put where the part `map` says. Raises Refused (400).

    `most_bytes` bounds the parts that are no files; the stream bounds the whole.
    """
    parser = MultiPartParser(
        Headers({"content-type": content_type}), stream, max_files=MOST_FILES, max_fields=2, max_part_size=most_bytes
    )
    try:
        form = await parser.parse()
    except (MultiPartException, FormParserError) as error:
        raise _bad(f"The body is no multipart form: {error}") from None
    except UnicodeDecodeError:
        raise _bad("The names and fields of the form are not in UTF-8.") from None
    try:
        operations, places = form.get("operations"), form.get("map")
        if not isinstance(operations, str) or not isinstance(places, str):
            raise _bad("The form lacks one of its fields operations and map.")
        asked = from_json(operations.encode())
        files = {name: part for name, part in form.multi_items() if isinstance(part, UploadFile)}
        variables: dict[str, Any] = dict(asked.variables or {})
        for name, paths in _map(places).items():
            if name not in files:
                raise _bad(f"The map names a file {name[:40]!r} that the form lacks.")
            file = files.pop(name)
            upload = Upload(file.filename or "", await file.read())
            for path in paths:
                _put(variables, path, upload)
        return asked._replace(variables=variables)
    finally:
        await form.close()


def _map(text: str) -> dict[str, list[str]]:
    try:
        places = orjson.loads(text)
    except orjson.JSONDecodeError:
        places = None
    if not isinstance(places, dict) or not all(
        isinstance(paths, list) and all(isinstance(path, str) for path in paths) for paths in places.values()
    ):
        raise _bad("The field map is not an object of lists of paths.")
    return places


def _put(variables: dict[str, Any], path: str, upload: Upload) -> None:
    """Puts a file where a null stands, at a path such as variables.documents.0.upload."""
    first, *steps = path.split(".")
    at: Any = variables
    try:
        if first != "variables" or not steps:
            raise KeyError(first)
        *above, last = (int(step) if step.isdecimal() else step for step in steps)
        for step in above:
            at = at[step]
        if at[last] is not None:
            raise KeyError(last)
        at[last] = upload
    except (LookupError, TypeError, ValueError):  # the last: digits without end are no number
        raise _bad(f"The map puts a file at {path[:80]!r}, where the variables have no null.") from None


def _bad(problem: str) -> Refused:
    return Refused(
        400, "BAD_MULTIPART", problem, "Send it as the GraphQL multipart request specification says.", close=True
    )
