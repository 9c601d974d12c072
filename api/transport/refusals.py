"""What is refused before GraphQL sees it: for its form, its size or its sender, or for want of room."""

from __future__ import annotations

import orjson

Headers = tuple[tuple[bytes, bytes], ...]


class Refused(Exception):
    """A request that is not answered. `code` is for programs and logs, `problem` and `remedy` are for people.

    `close` ends the connection, since the rest of the request may still be on its way.
    """

    def __init__(
        self, status: int, code: str, problem: str, remedy: str = "", *, headers: Headers = (), close: bool = False
    ) -> None:
        super().__init__(problem)
        self.status = status
        self.code = code
        self.problem = problem
        self.remedy = remedy
        self.close = close
        self.headers = (*headers, (b"connection", b"close")) if close else headers

    @property
    def body(self) -> bytes:
        """A GraphQL response without `data`, as for any request that is not executed."""
        extensions = {"code": self.code} | ({"remedy": self.remedy} if self.remedy else {})
        return orjson.dumps({"errors": [{"message": self.problem, "extensions": extensions}]})


class Gone(Exception):
    """The client has left before its request was whole: nobody is there to be answered."""
