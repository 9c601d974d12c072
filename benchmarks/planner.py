"""What a planner's questions cost: python -m benchmarks.planner [URL].

On a seeded graph of 20,000 roles, 200,000 duties, 20,000 skills and 600,000 REQUIRES; then on a projection of a million
roles with 15 skills each, made without a store. Times are medians over pairs of roles.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.table import row
from graphmodel import cache
from graphmodel.graph import Reading, SkillScheme
from graphmodel.identity import role_id, skill_id
from graphmodel.nodes import Skill
from graphmodel.projection import Projection, assemble
from graphmodel.questions.gap import skill_gap
from graphmodel.questions.needs import matrix
from graphmodel.questions.overlap import shared_skills
from graphmodel.questions.pairs import write_pairs
from graphmodel.questions.paths import career_paths
from graphmodel.questions.similar import best, scores, similar_roles
from graphmodel.store import GraphStore, open_store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from graphs import Item, Post, reading, skill_slug

ROLES, SKILLS, ITEMS, EACH = 20_000, 20_000, 10, 3
MILLION, PER_ROLE = 1_000_000, 15
PAIRS = 200
DIGEST = "benchmark of planners"
T = TypeVar("T")


def main(url: str = "") -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ROLEGRAPH_CACHE"] = f"{folder}/cache"
        store = open_store(url or f"sqlite:///{folder}/planner.db")
        store.set_taxonomy(scheme())
        store.add_many(documents())
        counts = {kind: store.count(kind) for kind in ("role", "duty", "skill", "REQUIRES", "NEEDS")}
        row("graph", ", ".join(f"{count:,} {kind}" for kind, count in counts.items()))
        pairs = [(name(3 * n), name(3 * n + 1)) for n in range(PAIRS)]
        overlap(store, pairs, "from the store")
        seconds, held = timed(lambda: matrix(store))
        row("projection, built", f"{seconds:.2f} s", f"{held.nbytes / 1e6:.0f} MB")
        cache._held.clear()
        row("  read from its file", f"{timed(lambda: matrix(store))[0]:.3f} s")
        overlap(store, pairs, "from the projection")
        if not url:
            names_alone(f"{folder}/planner.db", pairs)
        row("similar_roles, ten by cosine", ms(lambda a, _: similar_roles(store, a), pairs), "bar: 2 ms")
        row("  the scores alone", ms(lambda a, _: alone(held, a), pairs))
        row("career_paths, three", ms(lambda a, b: career_paths(store, a, b), pairs[:40]), "bar: 200 ms")
        row("skill_gap", ms(lambda a, b: skill_gap(store, a, b), pairs))
        file = Path(folder, "pairs.parquet")
        row("similar --all, ten of each", f"{timed(lambda: write_pairs(store, file))[0]:.2f} s", "bar: 2 x the next")
        row("  sparse_dot_topn alone", f"{timed(lambda: product(held))[0]:.2f} s")
        store.close()
    million()


def million() -> None:
    """A projection of a million roles, directly from arrays."""
    with tempfile.TemporaryDirectory() as folder:
        held = large()
        row("a million roles, 15 skills each", f"{held.nbytes / 1e6:.0f} MB", "bar: 300 MB")
        path = Path(folder, "million.npz")
        row("  written", f"{timed(lambda: cache.save(held, path))[0]:.2f} s")
        row("  read from its file", f"{timed(lambda: cache.read(path))[0]:.2f} s", "bar: 3 s")
        held.lengths  # noqa: B018  (kept, as for every question after the first)
        rows = [n * 4999 for n in range(PAIRS)]
        found = [timed(lambda n=n: best(scores(held, held.columns(n).tolist(), "cosine"), 10))[0] for n in rows]
        row("  similar_roles", f"{statistics.median(found) * 1000:.1f} ms", "bar: 60 ms")
        both = [timed(lambda n=n: (list(held.needs(n)), list(held.needs(n + 1))))[0] for n in rows]
        row("  the skills of two roles", f"{statistics.median(both) * 1000:.3f} ms")


def overlap(store: GraphStore, pairs: list[tuple[str, str]], where: str) -> None:
    def ask(a: str, b: str, evidence: int) -> None:
        with store.reading() as view:
            shared_skills(view, a, b, evidence=evidence)

    row(f"shared_skills, sets and measures, {where}", ms(lambda a, b: ask(a, b, 0), pairs), "bar: 0.5 ms")
    row("  with evidence", ms(lambda a, b: ask(a, b, 3), pairs), "bar: 2 ms")


def names_alone(path: str, pairs: list[tuple[str, str]]) -> None:
    """The same three sets of names as one hand-written statement."""
    sql = """SELECT k.name, max(n.subject = a.n), max(n.subject = b.n) FROM node a, node b
        JOIN need n ON n.subject IN (a.n, b.n) JOIN node k ON k.n = n.skill WHERE a.id = ? AND b.id = ? GROUP BY k.n"""
    db = sqlite3.connect(path)
    row("  by hand in SQL, names alone", ms(lambda a, b: db.execute(sql, [role_id(a), role_id(b)]).fetchall(), pairs))
    db.close()


def alone(held: Projection, name: str) -> list[int]:
    place = held.row_of(role_id(name))
    return best(scores(held, held.columns(place).tolist() if place is not None else [], "cosine"), 11)


def product(held: Projection) -> object:
    from scipy.sparse import csr_matrix
    from sparse_dot_topn import sp_matmul_topn

    lengths = np.repeat(held.lengths, np.diff(held.first))
    shape = (len(held.keys), len(held.skills))
    unit = csr_matrix((held.weights[held.skills_of] / lengths, held.skills_of, held.first), shape=shape)
    return sp_matmul_topn(unit, unit.T.tocsr(), top_n=11, n_threads=os.cpu_count())


def name(role: int) -> str:
    return f"岗位{role % ROLES:05}号"


def scheme() -> SkillScheme:
    """Each skill but the first six is narrower than one other."""
    ids = [skill_id(skill_slug(f"技能{n:05}")) for n in range(SKILLS)]
    skills = tuple(Skill(id, f"技能{n:05}") for n, id in enumerate(ids))
    return SkillScheme(DIGEST, skills, tuple((ids[n], ids[(n - 6) // 6]) for n in range(6, SKILLS)))


def documents() -> Iterator[Reading]:
    """One posting a role; small numbers of skills come more often, as in life."""
    for role in range(ROLES):
        items = []
        for place in range(ITEMS):
            wanted = sorted({draw(role * ITEMS * EACH + place * EACH + n) for n in range(EACH)})
            skills = [f"技能{skill:05}" for skill in wanted]
            items.append(Item(f"{role}之{place}：" + "、".join(skills), skills))
        yield reading(f"{role:05}.txt", [Post(name(role), items)], taxonomy=DIGEST)


def draw(number: int) -> int:
    """A number below SKILLS, the cube of an even one."""
    even = (number * 2654435761 % 2**32) / 2**32
    return int(SKILLS * even**3)


def large() -> Projection:
    rng = np.random.default_rng(20_000)
    wanted = np.sort((SKILLS * rng.random((MILLION, PER_ROLE)) ** 3).astype(np.int32), axis=1)
    fresh = np.ones(wanted.shape, dtype=bool)
    fresh[:, 1:] = wanted[:, 1:] != wanted[:, :-1]
    first = np.concatenate(([0], np.cumsum(fresh.sum(axis=1)))).astype(np.int64)
    columns = wanted[fresh]
    ones = np.ones(len(columns), dtype=np.uint8)
    keys = np.sort(rng.integers(0, 2**63, MILLION, dtype=np.uint64))
    skills = tuple(skill_id(f"s{n:05}") for n in range(SKILLS))
    totals = np.ones(MILLION, dtype=np.uint8)
    return assemble(keys, 0, totals, first, columns, ones, ones.copy(), ones.astype(bool), skills, (), MILLION)


def ms(ask: Callable[[str, str], object], pairs: list[tuple[str, str]]) -> str:
    ask(*pairs[0])  # what is read once
    return f"{statistics.median(timed(lambda pair=pair: ask(*pair))[0] for pair in pairs) * 1000:.2f} ms"


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    done = work()
    return time.perf_counter() - start, done


if __name__ == "__main__":
    main(*sys.argv[1:2])
