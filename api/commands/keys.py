"""The command that makes API keys."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from api.commands.options import Json, dumps
from graphmodel.errors import BadInput


def key(
    name: Annotated[str, typer.Option(help="Whose key it is: it stands in logs, and beside the loads asked for.")],
    scope: Annotated[Literal["read", "write"], typer.Option(help="write: load and forget documents, and read.")],
    as_json: Json = False,
) -> None:
    """Make a key for the API: its secret, shown only now, and its digest for the server. 生成 API 密钥。

    Example: rolegraph key --name web --scope read
    """
    from api import console, keys

    try:
        made = keys.new(name, scope)
    except BadInput as error:
        raise typer.BadParameter("one to 64 letters, digits, . - or _.", param_hint="--name") from error
    if as_json:
        console.data(dumps({"name": name, "scope": scope, **made._asdict()}, indent=2) + "\n")
        return
    console.data(
        f"密钥，只显示这一次 The key, shown only now; clients send it as Authorization: Bearer KEY\n{made.secret}\n\n"
        f"服务器只存摘要 For the environment of the server; several entries with commas between them\n"
        f"ROLEGRAPH_API_KEYS={made.entry}\n"
    )
