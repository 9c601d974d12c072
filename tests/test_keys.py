"""API keys: what the environment says of them, who may do what, and the command that makes them."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from api import keys
from api.graphql.engine import NOBODY, Caller
from graphmodel.errors import BadInput
from tests.command import rolegraph

READER, WRITER = keys.new("网页.1", "read"), keys.new("ci", "write")
BOTH = keys.parse(f"{READER.entry}, {WRITER.entry}")
READS = Caller("网页.1", frozenset({"read"}))
WRITES = Caller("ci", frozenset({"read", "write"}))


def test_a_secret_cannot_be_guessed_and_only_its_digest_is_kept():
    assert READER.secret != keys.new("网页.1", "read").secret
    assert len(READER.secret) >= 43 + len("rolegraph_")
    assert READER.entry == f"网页.1:read:{hashlib.sha256(READER.secret.encode()).hexdigest()}"
    assert READER.secret not in str(BOTH)


@pytest.mark.parametrize(
    "text",
    [
        f"{READER.entry},{WRITER.entry}",
        f" {READER.entry} ,\n{WRITER.entry}, ",
        json.dumps([READER.entry, WRITER.entry]),
        READER.entry.upper().replace(":READ:", ":read:") + "," + WRITER.entry,
    ],
)
def test_the_environment_may_hold_them_with_commas_or_as_json(text):
    assert keys.parse(text) == BOTH


def test_without_keys_there_are_none():
    assert keys.parse("") == keys.parse(" ") == keys.parse("[]") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("web", r"Entry 1 .*not name:scope:sha256hex.*\n.*rolegraph key"),
        (f"{READER.entry},ci:write:{WRITER.secret}", "Entry 2 .*not name:scope"),
        (READER.entry.replace(":read:", ":admin:"), "Entry 1 .*another scope"),
        (READER.entry.replace("网页.1", "a b"), "name in entry 1"),
        (READER.entry.replace("网页.1", ""), "name in entry 1"),
        (READER.entry + "0", "Entry 1"),
        (f"{READER.entry}:x", "Entry 1"),
        ('{"a": 1}', "Entry 1"),
        ("[1]", "no JSON list"),
        (f"[{READER.entry}", "no JSON list"),
        (f"{READER.entry},{keys.new('网页.1', 'write').entry}", "two keys named 网页.1"),
    ],
)
def test_a_wrong_entry_is_told_by_its_number_and_never_shown(text, told):
    with pytest.raises(BadInput, match=told) as caught:
        keys.parse(text)
    assert WRITER.secret not in str(caught.value)
    assert READER.entry[-64:] not in str(caught.value)


@pytest.mark.parametrize(
    ("known", "header", "caller"),
    [
        ("", None, NOBODY),
        ("r", None, keys.MISSING),
        ("rw", None, keys.MISSING),
        ("w", None, NOBODY),  # reading is open, writing is not
        ("rw", READER.secret, READS),
        ("rw", WRITER.secret, WRITES),
        ("w", WRITER.secret, WRITES),
        ("w", READER.secret, keys.UNKNOWN),  # a wrong key is told, even where none is needed
        ("", READER.secret, keys.UNKNOWN),
        ("rw", READER.secret[:-1], keys.UNKNOWN),
        ("rw", READER.entry[-64:], keys.UNKNOWN),  # who read the digests has no key
        ("rw", "", keys.UNKNOWN),
        ("rw", "é", keys.UNKNOWN),
    ],
)
def test_who_asks(known, header, caller):
    chosen = [key for key in BOTH if key.scope[0] in known]
    assert keys.caller_of(None if header is None else f"Bearer {header}", chosen) == caller


def test_the_scheme_is_bearer_in_any_case_and_nothing_else():
    assert keys.caller_of(f"bearer  {READER.secret} ", BOTH) == READS
    for other in (f"Basic {READER.secret}", READER.secret, f"Bearer{READER.secret}", "", "Bearer"):
        assert keys.caller_of(other, BOTH) == keys.UNKNOWN


def test_every_key_is_compared_in_constant_time_whichever_fits(monkeypatch):
    compared = []
    real = hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", lambda a, b: compared.append(a) or real(a, b))
    for secret in (READER.secret, WRITER.secret, "wrong"):
        compared.clear()
        keys.caller_of(f"Bearer {secret}", BOTH)
        assert compared == [key.digest for key in BOTH]


def test_the_challenge_says_what_is_missing():
    assert keys.MISSING.challenge == 'Bearer realm="rolegraph"'
    assert keys.UNKNOWN.challenge.endswith('error="invalid_token"')


def test_the_command_prints_the_secret_and_the_line_for_the_server(tmp_path):
    done = rolegraph("key", "--name", "web", "--scope", "write", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    secret = next(line for line in done.stdout.splitlines() if line.startswith("rolegraph_"))
    entry = next(line for line in done.stdout.splitlines() if line.startswith("ROLEGRAPH_API_KEYS=")).partition("=")[2]
    assert keys.caller_of(f"Bearer {secret}", keys.parse(entry)) == WRITES._replace(name="web")
    told = json.loads(rolegraph("key", "--name", "web", "--scope", "read", "--json", cwd=tmp_path).stdout)
    assert keys.caller_of(f"Bearer {told['secret']}", keys.parse(told["entry"])) == READS._replace(name="web")


def test_the_command_refuses_what_no_key_can_be(tmp_path):
    assert rolegraph("key", "--name", "a:b", "--scope", "read", cwd=tmp_path).returncode == 2
    assert rolegraph("key", "--name", "a", "--scope", "admin", cwd=tmp_path).returncode == 2
