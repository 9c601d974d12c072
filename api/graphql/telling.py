"""What a client is told of an error."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from secrets import token_hex

from graphql import GraphQLError

from api.graphql.watching import TimeIsUp
from graphmodel.errors import RolegraphError, StoreBusy, StoreRefused, StoreUnreachable

AWAY_REMEDY = "Ask again in a few seconds."

_log = logging.getLogger("rolegraph.api")


def told(error: GraphQLError) -> GraphQLError:
    """The error as the client may see it, with a code: what is not ours to explain is logged, and told by its number
    in the log. What is the matter with the store is logged too: it names files and hosts.
    """
    cause = error.original_error
    if "code" in (error.extensions or {}):
        return error
    if error.path is None and (cause is None or isinstance(cause, GraphQLError)):
        message, extensions = error.message, {"code": "BAD_REQUEST"}
    elif isinstance(cause, (StoreBusy, StoreRefused, StoreUnreachable)):
        _log.warning("%s", cause.problem)
        message = f"The store cannot be used at the moment.\n{AWAY_REMEDY}"
        extensions = {"code": _code(cause), "remedy": AWAY_REMEDY}
    elif isinstance(cause, (RolegraphError, TimeIsUp)):
        message, extensions = str(cause), {"code": _code(cause), "remedy": cause.remedy}
    else:
        number = token_hex(4)
        _log.error("Error %s at %s", number, error.path, exc_info=cause or error)
        message, extensions = f"Internal error {number}.", {"code": "INTERNAL", "number": number}
    return GraphQLError(message, error.nodes, error.source, error.positions, error.path, extensions=extensions)


def codes(errors: Iterable[GraphQLError]) -> tuple[str, ...]:
    """The codes of told errors, in their order."""
    return tuple(str((error.extensions or {}).get("code", "")) for error in errors)


def _code(cause: Exception) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(cause).__name__).upper()
