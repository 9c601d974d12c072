"""Pages for people: what stands around each, and how it looks. There is no script in them."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape
from typing import Protocol

STYLE = """
:root { color-scheme: light dark; --line: #8884; --quiet: #767676; --mark: #ffe08a; --link: #0b57d0 }
@media (prefers-color-scheme: dark) { :root { --quiet: #9a9a9a; --mark: #6b5300; --link: #8ab4f8 } }
* { box-sizing: border-box }
body { font: 1rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  max-width: 52rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
a { color: var(--link) }
h1 { font-size: 1.6rem; line-height: 1.3; margin: .2em 0 }
h2 { font-size: 1.1rem; margin: 1.6em 0 .4em; border-bottom: 1px solid var(--line) }
small, .quiet, cite { color: var(--quiet); font-style: normal; font-size: .85em }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .2rem 1rem; margin: .6em 0 }
dd { margin: 0 }
ul { padding-left: 1.2rem; margin: .4em 0 }
ul.names { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem .9rem }
blockquote { margin: .6em 0; padding: .1em 0 .1em .8em; border-left: 3px solid var(--line) }
blockquote p { margin: 0 }
mark { background: var(--mark); color: inherit; border-radius: .15em }
mark a { color: inherit }
nav { display: flex; flex-wrap: wrap; gap: .2rem .9rem; font-size: .9em }
:target { background: var(--mark) }
"""

_OWN = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

POLICY = (
    f"default-src 'none'; style-src 'sha256-{_OWN}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
).encode()
"""The Content-Security-Policy of every page: its own style, and nothing else."""


class Choice(Protocol):
    @property
    def label(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def type(self) -> str: ...


def whole(title: str, body: Iterable[str], links: Iterable[str] = ()) -> str:
    """A page around pieces of HTML; `links` are elements of its head. The title is plain text."""
    head = "".join(f"{link}\n" for link in links)
    return (
        '<!doctype html>\n<html lang="zh-Hans">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{head}<style>{STYLE}</style>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def link(path: str, text: str, language: str = "") -> str:
    """A link whose text is plain text."""
    tagged = f' lang="{escape(language)}"' if language else ""
    return f'<a href="{escape(path)}"{tagged}>{escape(text)}</a>'


def both(chinese: str, english: str) -> str:
    """A name in both languages."""
    return f'{escape(chinese)} <small lang="en">{escape(english)}</small>'


def told(status: int, problem: str, remedy: str, choices: Sequence[Choice]) -> str:
    """The page of a request that has no answer."""
    listed = "".join(f"<li>{link(one.path, one.label or one.type or one.path)}</li>" for one in choices)
    body = [f"<h1>{status}</h1>", f'<p lang="en">{escape(problem)}</p>']
    if remedy:
        body.append(f'<p lang="en">{escape(remedy)}</p>')
    if listed:
        body.append(f"<ul>{listed}</ul>")
    return whole(f"{status} rolegraph", body)
