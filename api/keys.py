"""API keys: what the environment says of them, and who it is that sends one.

The environment holds SHA-256 digests and no secrets. A plain, fast hash is right here and only here: a secret is made
by `new` from 32 random bytes, which nobody can guess however fast guessing is; a password would need a slow one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple, cast, get_args

from api.graphql.engine import NOBODY, Caller
from graphmodel.errors import BadInput

Scope = Literal["read", "write"]
"""What a key lets do; write includes read."""

SECRET_BYTES = 32

_PREFIX = "rolegraph_"  # so that a secret that was left somewhere can be searched for
_NAME = re.compile(r"[\w.-]{1,64}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MAKE = "Make one with: rolegraph key --name NAME --scope read"


class Key(NamedTuple):
    """A key that is accepted: `digest` is the SHA-256 of its secret."""

    name: str
    scope: Scope
    digest: bytes


class New(NamedTuple):
    """A key just made: the secret for the client, and the entry for ROLEGRAPH_API_KEYS."""

    secret: str
    entry: str


class Refusal(NamedTuple):
    """Why a request is not let in (401); `challenge` is what WWW-Authenticate says (RFC 6750)."""

    problem: str
    remedy: str
    challenge: str


MISSING = Refusal("A key is needed here.", "Send the header Authorization: Bearer KEY.", 'Bearer realm="rolegraph"')
UNKNOWN = Refusal(
    "The key is not known here.",
    "Send the header Authorization: Bearer KEY, with a key whose digest the server has in ROLEGRAPH_API_KEYS.",
    'Bearer realm="rolegraph", error="invalid_token"',
)


def new(name: str, scope: str) -> New:
    """A new key. Raises BadInput for a name or scope that no key can have."""
    secret = _PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    entry = f"{name}:{scope}:{hashlib.sha256(secret.encode()).hexdigest()}"
    (key,) = parse(json.dumps([entry]))
    return New(secret, f"{key.name}:{key.scope}:{key.digest.hex()}")


def parse(text: str) -> tuple[Key, ...]:
    """The keys of ROLEGRAPH_API_KEYS: `name:scope:sha256hex`, with commas between them or as a JSON list of these.

    Raises BadInput, which tells which entry is wrong and not what stands in it: it may be a secret.
    """
    try:
        entries = json.loads(text) if text.lstrip().startswith("[") else text.split(",")
        stripped = [entry.strip() for entry in entries]
    except (ValueError, AttributeError):
        problem = "ROLEGRAPH_API_KEYS is no JSON list of name:scope:sha256hex."
        raise BadInput(problem, "Write the entries with commas between them, or as a JSON list.") from None
    keys = [_key(number, entry) for number, entry in enumerate(stripped, 1) if entry]
    if twice := sorted({key.name for key in keys if [other.name for other in keys].count(key.name) > 1}):
        raise BadInput(f"ROLEGRAPH_API_KEYS has two keys named {twice[0]}.", "Give each key a name of its own.")
    return tuple(keys)


def _key(number: int, entry: str) -> Key:
    name, scope, digest = (*entry.split(":"), "", "", "")[:3]
    if entry.count(":") != 2 or not _DIGEST.fullmatch(digest.lower()):
        raise BadInput(f"Entry {number} of ROLEGRAPH_API_KEYS is not name:scope:sha256hex.", _MAKE)
    if scope not in get_args(Scope):
        raise BadInput(f"Entry {number} of ROLEGRAPH_API_KEYS has another scope than read or write.", _MAKE)
    if not _NAME.fullmatch(name):
        problem = f"The name in entry {number} of ROLEGRAPH_API_KEYS is not one to 64 letters, digits, . - or _."
        raise BadInput(problem, _MAKE)
    return Key(name, cast(Scope, scope), bytes.fromhex(digest))


def can_write(keys: Collection[Key]) -> bool:
    """Whether any key may write; if none may, nobody may."""
    return any(key.scope == "write" for key in keys)


def caller_of(authorization: str | None, keys: Sequence[Key]) -> Caller | Refusal:
    """Who sends this Authorization header. Without one, all may read unless there are keys for reading.

    All keys are compared, each in constant time, so that the time tells nothing of them.
    """
    if authorization is None:
        return MISSING if any(key.scope == "read" for key in keys) else NOBODY
    scheme, _, secret = authorization.strip().partition(" ")
    digest = hashlib.sha256(secret.strip().encode("utf-8", "surrogateescape")).digest()
    found = [key for key in keys if hmac.compare_digest(key.digest, digest)]
    if scheme.lower() != "bearer" or not found:
        return UNKNOWN
    return Caller(found[0].name, frozenset({"read", "write"} if found[0].scope == "write" else {"read"}))
