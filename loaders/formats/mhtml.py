"""MHTML, a page that a browser saved in one file -> the bytes of the page in it."""

from __future__ import annotations

import base64
import binascii
import quopri
import re

_BOUNDARY = re.compile(rb"""boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;]{1,200}))""", re.IGNORECASE)
_HEADERS = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(rb"""charset\s*=\s*"?([\w-]{2,20})""", re.IGNORECASE)
_WITHIN = 8192


def page(data: bytes) -> bytes | None:
    """The bytes of the first page, in UTF-8 where the file says what charset it has; None if there is none."""
    boundary = _BOUNDARY.search(data[:_WITHIN])
    if boundary is None:
        return None
    for part in data.split(b"--" + (boundary[1] or boundary[2]))[1:]:
        end = _HEADERS.search(part, 0, _WITHIN)
        if end is None or b"text/html" not in part[: end.start()].lower():
            continue
        head, body = part[: end.start()].lower(), part[end.end() :]
        if b"quoted-printable" in head:
            body = quopri.decodestring(body)
        elif b"base64" in head:
            try:
                body = base64.b64decode(body)
            except binascii.Error:
                return None
        charset = _CHARSET.search(head)
        try:
            return body.decode(charset[1].decode("ascii")).encode() if charset else body
        except (UnicodeDecodeError, LookupError):
            return body
    return None
