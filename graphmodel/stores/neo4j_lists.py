"""Pages of the lists that relations make in a Neo4j store: cut on the server, so that only pages travel."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from graphmodel.lists import SHAPES, Cut, Key, Listing, Order, check, far_kinds, near_kinds, order
from graphmodel.stores import neo4j_rows as rows
from graphmodel.stores.neo4j_checked import FEW, Checked
from graphmodel.stores.neo4j_edges import edge


class Lists(Checked):
    """The read of graphmodel.store.View that gives pages of lists."""

    def lists(
        self,
        relation: str,
        ids: Collection[str],
        cut: Cut,
        *,
        back: bool = False,
        kind: str | None = None,
        candidates: bool = True,
    ) -> dict[str, Listing]:
        by = order(relation, back)
        check(cut, by)
        fars = [far for far in far_kinds(relation, back) if kind in (None, far)]
        today = self._session.read(lambda tx: self._resolve(tx, ids))
        near = rows.by_kind(set(today.values()))
        asked: list[tuple[str, dict[str, Any]]] = []
        for one in near_kinds(relation, back):
            if fars and one in near:
                query = _query(
                    by,
                    relation,
                    back,
                    f"`{self._labels.of(one)}`",
                    "|".join(f"`{self._labels.of(far)}`" for far in fars),
                    not candidates and "skill" in fars,
                    cut.back,
                    cut.after is not None,
                    cut.before is not None,
                )
                asked.append((query, {"ids": near[one], "size": cut.size, "after": cut.after, "before": cut.before}))
        if self._is_view and asked and len(ids) <= FEW:
            found = [row for query, parameters in asked for row in self._rows(query, parameters)]
        else:
            found = self._checked(lambda tx: [row for each in asked for row in tx.run(*each).values()])
        by_id = {row[0]: _listing(relation, back, by, *row) for row in found}
        return {id: by_id.get(today[id], Listing()) for id in ids}


def _listing(
    relation: str, back: bool, by: Order, near: str, total: int, start: int, stop: int, entries: list[list[Any]]
) -> Listing:
    size = len(SHAPES[by])
    keys: tuple[Key, ...] = tuple(tuple(entry[:size]) for entry in entries)
    edges = []
    if by == "counted":
        for _, far, stored, postings in entries:
            source, target = (far, near) if back else (near, far)
            edges.append(edge(relation, source, target, stored, postings))
    return Listing(keys, total, start > 0, stop < total, tuple(edges))


_FIRST: dict[Order, tuple[str, tuple[str, ...]]] = {
    "counted": (
        "WITH near, f.id AS far, {count} AS k0, properties(r) AS r, {subject}.postings AS postings",
        ("k0", "far"),
    ),
    "stated": (
        "WITH near, f.id AS far, min([r.posting, r.line]) AS first WITH near, far, first[0] AS k0, first[1] AS k1",
        ("k0", "k1", "far"),
    ),
    "said": ("WITH near, f.id AS far, min(r.start) AS k0", ("k0", "far")),
    "id": ("WITH DISTINCT near, f.id AS far", ("far",)),
}
"""For each order what makes one row a far end, and the names of the parts of its key."""

_COUNT = {"NEEDS": "-r.postings", "APPLIED_IN": "-r.own - r.involved"}


@lru_cache
def _query(
    by: Order, relation: str, back: bool, near: str, far: str, curated: bool, last: bool, after: bool, before: bool
) -> str:
    """The statement for near ends of one label: id, total, where the part begins and ends, and the keys in it."""
    first, names = _FIRST[by]
    arrow = f"<-[r:`{relation}`]-" if back else f"-[r:`{relation}`]->"
    low = f"count(CASE WHEN {_beyond(names, 'after', '>')} THEN null ELSE 1 END)" if after else "0"
    high = f"count(CASE WHEN {_beyond(names, 'before', '<')} THEN 1 END)" if before else "count(*)"
    collected = (*names, "r", "postings") if by == "counted" else names
    part = ("stop - $size", "stop") if last else ("start", "start + $size")
    return (
        f"UNWIND $ids AS near MATCH (n:{near} {{id: near}}){arrow}(f:{far}) "
        + ("WHERE f.status <> 'candidate' " if curated else "")
        + first.format(count=_COUNT.get(relation), subject="f" if back else "n")
        + f" ORDER BY near, {', '.join(names)} "
        + f"WITH near, collect([{', '.join(collected)}]) AS keys, {low} AS start, {high} AS stop "
        + "WITH near, keys, start, CASE WHEN stop < start THEN start ELSE stop END AS stop "
        + f"WITH near, keys, CASE WHEN {part[0]} < start THEN start ELSE {part[0]} END AS start, "
        + f"CASE WHEN {part[1]} > stop THEN stop ELSE {part[1]} END AS stop "
        + "RETURN near, size(keys) AS total, start, stop, keys[start..stop] AS keys"
    )


def _beyond(names: tuple[str, ...], place: str, sign: str) -> str:
    """Whether a key comes before or after a place, part by part: Cypher does not compare lists."""
    name, *others = names
    value = f"${place}[{-len(names)}]"
    if not others:
        return f"{name} {sign} {value}"
    return f"({name} {sign} {value} OR ({name} = {value} AND {_beyond(tuple(others), place, sign)}))"
