"""The graph as linked data: a document about each thing, the ontology, and exports, over HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import URL, Headers
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.keys import Key
from api.rdf.answers import ALLOW, VARY, Answer, Header, Problem, not_acceptable, packed, page
from api.rdf.counted import Counted
from api.rdf.exports import Exports
from api.rdf.forms import PAGE, Form, alternates, of_type, with_suffix
from api.rdf.negotiation import preferred
from api.rdf.sizes import Sizes
from api.rdf.small_graphs import serialised, triples_of
from api.rdf.things import MOST, MOST_PAGES, VOID, Asked, Things
from api.rdf.vocabulary import FORMS, ONTOLOGY_FILE, SHAPES_FILE, Published, published
from api.transport.callers import callers
from api.transport.negotiation import takes_gzip
from api.transport.refusals import Refused
from api.transport.tags import ANY, known_tags
from api.transport.workers import RETRY_AFTER, Workers
from graphmodel.errors import Ambiguous, BadInput, NotFound, RolegraphError
from graphmodel.store import GraphStore
from ontology.context import document as context
from ontology.describe import LIMIT
from ontology.terms import BASE

_PUBLISHED = {
    "/ontology": (ONTOLOGY_FILE, "rolegraph 本体 ontology"),
    "/ns": (ONTOLOGY_FILE, "rolegraph 本体 ontology"),
    "/shapes": (SHAPES_FILE, "rolegraph 形状 shapes"),
}
SIZES = "/export/sizes"
_FOR_ALL_SITES = (b"access-control-allow-origin", b"*")


class LinkedData:
    """The ASGI application of all its routes. The store is read on `workers`, as for GraphQL; exports have threads of
    their own. `keys` tell who may read.

    The scope is left with what metrics and the log tell: `rolegraph.route`, `rolegraph.key`, and `rolegraph.refused`
    for what has no answer.
    """

    def __init__(
        self,
        store: GraphStore,
        workers: Workers,
        *,
        base: str | None = None,
        keys: Sequence[Key] = (),
        sparql: bool = False,
    ) -> None:
        self._workers = workers
        self._caller_of = callers(keys)
        self._sparql = sparql
        self._base = base or BASE
        self._things = Things(store, self._base)
        self._exports = Exports(store, self._base, lambda: workers.running > 0)
        self._counted = Counted(store, self._base)
        self._sizes = Sizes(store, self._base, lambda: workers.running > 0)

    @property
    def routes(self) -> list[Route]:
        paths = ["/id/{rest:path}", "/export", "/export.{suffix}", SIZES, "/context.jsonld"]
        for path in (*_PUBLISHED, VOID):
            paths += [path, f"{path}.{{suffix}}"]
        return [Route(path, self, include_in_schema=False) for path in paths]

    def close(self) -> None:
        """Ends what is running."""
        self._exports.close()
        self._counted.close()
        self._sizes.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["rolegraph.route"] = "rdf"
        request = _Request(scope)
        try:
            answer = await self._answered(request, receive, send)
        except Refused as refused:
            answer = request.told(
                Problem(refused.status, refused.code, refused.problem, refused.remedy, headers=refused.headers)
            )
        except Problem as problem:
            answer = request.told(problem)
        except RolegraphError as error:
            answer = request.told(_problem(error))
        if answer is not None:
            await request.send(answer, send)

    async def _answered(self, request: _Request, receive: Receive, send: Send) -> Answer | None:
        """The answer; None if it was sent."""
        if request.method == "OPTIONS":
            return Answer(204, headers=(ALLOW,))
        if request.method not in ("GET", "HEAD"):
            problem = f"{request.method[:20]} is not answered here."
            raise Problem(405, "METHOD_NOT_ALLOWED", problem, "Send GET.", headers=(ALLOW,))
        request.scope["rolegraph.key"] = self._caller_of(request.authorization).name
        path = request.path
        if path == "/context.jsonld":
            body = context(self._base).encode()
            return Answer(200, body, b"application/ld+json", _digest(body), (_FOR_ALL_SITES,))
        if path == "/export" or path.startswith("/export."):
            return await self._export(request, receive, send)
        if path == SIZES:
            body = await self._workers.run(self._sizes.told)
            return Answer(200, body, b"application/json", headers=((b"cache-control", b"no-store"),))
        if path.startswith("/id/"):
            return await self._workers.run(self._packed, request, lambda: self._thing(request))
        if path == VOID or path.startswith(f"{VOID}."):
            return await self._workers.run(self._packed, request, lambda: self._void(request))
        name = path.partition(".")[0]
        found = published(*_PUBLISHED[name])
        if found is None:
            raise Problem(404, "NOT_FOUND", f"This version of rolegraph has no {name.strip('/')}.")
        return await self._workers.run(self._packed, request, lambda: _of(found, request, name))

    def _packed(self, request: _Request, answer: Callable[[], Answer]) -> Answer:
        found = answer()
        return packed(found) if request.gzip else found

    def _thing(self, request: _Request) -> Answer:
        limit, page = request.number("limit", LIMIT, MOST), request.number("page", 1, MOST_PAGES)
        rest = request.path.removeprefix("/id/")
        return self._things.answer(Asked(rest, request.below, request.accept, limit, page, request.unless))

    def _void(self, request: _Request) -> Answer:
        forms = [form for form in FORMS if form != PAGE]
        form = request.form(VOID, forms)
        body = self._counted.manifest(request.below, self._sparql).encode()
        if form.suffix != "ttl":
            body = serialised(triples_of(body, request.url), form.format)
        return Answer(200, body, form.content_type, _digest(body), _links(f"{request.below}{VOID}", forms, form))

    async def _export(self, request: _Request, receive: Receive, send: Send) -> Answer | None:
        suffix = request.path.removeprefix("/export").removeprefix(".")
        order = self._exports.order(suffix, request.accept, request.parameters, request.below)
        if request.method == "HEAD" or request.unless:
            glance = await self._workers.run(self._exports.glance, order, request.unless)
            if request.method == "HEAD" or glance.status == 304 or ANY in request.unless:
                encoded = request.gzip and not order.gz
                return glance._replace(headers=(*glance.headers, (b"content-encoding", b"gzip"))) if encoded else glance
        await self._exports.send(order, request.gzip, receive, send, request.headers)
        return None


class _Request:
    """What a request says, and how it is answered."""

    def __init__(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        self.scope = scope
        self.method: str = scope["method"]
        self.below: str = scope.get("root_path", "")
        self.path: str = scope["path"].removeprefix(self.below)
        self.accept = ", ".join(headers.getlist("accept"))
        self.authorization = headers.get("authorization")
        self.unless = known_tags(headers.get("if-none-match"))
        self.gzip = takes_gzip(headers.get("accept-encoding", ""))

    @property
    def url(self) -> str:
        return str(URL(scope=self.scope))

    @property
    def parameters(self) -> dict[str, list[str]]:
        """Raises Problem (400) for more than anybody needs."""
        try:
            pairs = parse_qsl(self.scope["query_string"].decode("latin-1"), True, encoding="utf-8", max_num_fields=100)
        except ValueError:
            raise Problem(400, "BAD_REQUEST", "There are more than 100 parameters.", "Send fewer.") from None
        found: dict[str, list[str]] = {}
        for name, value in pairs:
            found.setdefault(name, []).append(value)
        return found

    def number(self, name: str, default: int, most: int) -> int:
        """A parameter from 1 to `most`; its last value counts. Raises Problem (400)."""
        said = self.parameters.get(name, [str(default)])[-1]
        if not (said.isascii() and said.isdecimal() and len(said) < 10 and 1 <= int(said) <= most):
            raise Problem(400, "BAD_REQUEST", f"{name} is {said[:20]!r}.", f"Write a number from 1 to {most}.")
        return int(said)

    def form(self, path: str, forms: Sequence[Form]) -> Form:
        """The form that the path or Accept asks for. Raises Problem (404, 406)."""
        if self.path != path:
            form = with_suffix(self.path.removeprefix(f"{path}."), forms)
            if form is None:
                suffixes = ", ".join(form.suffix for form in forms)
                raise Problem(404, "NOT_FOUND", "There is no such form.", f"Suffixes are {suffixes}.")
            return form
        if form := of_type(preferred(self.accept, [form.media_type for form in forms]), forms):
            return form
        raise not_acceptable(f"{self.below}{path}", forms)

    def told(self, problem: Problem) -> Answer:
        self.scope["rolegraph.refused"] = problem.code
        return problem.answer(self.accept)

    async def send(self, answer: Answer, send: Send) -> None:
        if answer.tag and answer.status == 200 and (answer.tag in self.unless or ANY in self.unless):
            answer = answer._replace(status=304)
        if answer.status == 304:
            kept = tuple(header for header in answer.headers if header[0] != b"content-encoding")
            answer = answer._replace(body=b"", content_type=b"", headers=kept)
        headers = self.headers(answer)
        if answer.body or answer.status not in (200, 204, 304):
            headers.append((b"content-length", str(len(answer.body)).encode()))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if self.method == "HEAD" else answer.body})

    def headers(self, answer: Answer) -> list[Header]:
        """All headers but the length."""
        headers = [(b"vary", VARY), *answer.headers]
        names = {name for name, _ in headers}
        if answer.content_type:
            headers.append((b"content-type", answer.content_type))
        if answer.tag:
            headers.append((b"etag", b'W/"%s"' % answer.tag.encode()))
        if b"cache-control" not in names:
            headers.append((b"cache-control", b"private, no-cache" if self.authorization else b"no-cache"))
        return headers


def _of(found: Published, request: _Request, path: str) -> Answer:
    form = request.form(path, FORMS)
    headers = [*_links(f"{request.below}{path}", FORMS, form), _FOR_ALL_SITES]
    if form == PAGE:
        return _page(found, form, f"{request.below}{path}", tuple(headers))
    return Answer(200, found.body(form, ""), form.content_type, f"{found.tag}-{form.suffix}", tuple(headers))


def _page(found: Published, form: Form, path: str, headers: tuple[Header, ...]) -> Answer:
    return page(200, found.body(form, path).decode(), f"{found.tag}-{form.suffix}", headers)


def _links(path: str, forms: Sequence[Form], but: Form) -> tuple[Header, ...]:
    """Where a document has its address, and its other forms."""
    here = (b"content-location", f"{path}.{but.suffix}".encode())
    return here, (b"link", ", ".join(alternates(path, forms, but)).encode())


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]


def _problem(error: RolegraphError) -> Problem:
    """An error of the store or of what was asked."""
    told: dict[str, Any] = {"problem": error.problem, "remedy": error.remedy}
    if isinstance(error, NotFound):
        return Problem(404, "NOT_FOUND", **told)
    if isinstance(error, (Ambiguous, BadInput)):
        return Problem(400, "BAD_REQUEST", **told)
    return Problem(503, "STORE_UNAVAILABLE", **told, headers=(RETRY_AFTER,))
