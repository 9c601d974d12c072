"""NEEDS as a sparse matrix, subjects by skills, so that questions about many roles do not walk the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmodel.kept import Kept
from graphmodel.relations import Needs

_KEPT = 2
"""Restrictions kept for a projection."""

Ints = NDArray[Any]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Projection:
    """The needs of R subjects for S skills, n in all, row by row (CSR) and column by column.

    Rows are departments, then roles, each in the order of their ids; columns are skills in the order of their ids.

    keys: (R,) the 16 hex digits of each id as a number; departments: how many of the rows are departments
    totals: (R,) counted postings of each subject
    first, skills_of: (R + 1,), (n,) the columns of row r are skills_of[first[r]:first[r + 1]], ascending
    postings, items, required: (n,) as in relations.Needs, beside skills_of
    skills: the S ids; candidate: (S,) whether the taxonomy lacks the skill
    roles: the number of described roles, those without any skill too
    by_skill_first, by_skill: (S + 1,), (n,) the rows of column s are by_skill[by_skill_first[s]:by_skill_first[s + 1]]
    weights: (S,) inverse role frequency, ln((1 + roles) / (1 + roles that need it)) + 1, whatever the restriction

    Whole numbers are kept in the smallest type that holds them: a million roles of 15 skills take about 190 MB.
    """

    keys: Ints
    departments: int
    totals: Ints
    first: Ints
    skills_of: Ints
    postings: Ints
    items: Ints
    required: Ints
    skills: tuple[str, ...]
    candidate: Ints
    roles: int
    by_skill_first: Ints
    by_skill: Ints
    weights: Floats

    def id_of(self, row: int) -> str:
        """The id of the subject in a row."""
        return f"{'department' if row < self.departments else 'role'}:{int(self.keys[row]):016x}"

    def row_of(self, id: str) -> int | None:
        """The row of a role or department; None if it needs no skill, or is not there."""
        kind, _, key = id.partition(":")
        start, end = (self.departments, len(self.keys)) if kind == "role" else (0, self.departments)
        number = np.uint64(int(key, 16))
        row = start + int(np.searchsorted(self.keys[start:end], number))
        return row if row < end and self.keys[row] == number else None

    def columns_of(self, skills: Iterable[str]) -> list[int]:
        """The columns of those of the skills that any subject needs, ascending."""
        return sorted(self._column_of[id] for id in set(skills) if id in self._column_of)

    def weight(self, skill: str) -> float:
        """The inverse role frequency of a skill, also of one that nothing needs."""
        column = self._column_of.get(skill)
        return log(1 + self.roles) + 1 if column is None else float(self.weights[column])

    def columns(self, row: int) -> Ints:
        """The columns of a row, ascending."""
        return self.skills_of[self.first[row] : self.first[row + 1]]

    def rows(self, column: int) -> Ints:
        """The rows of a column, ascending."""
        return self.by_skill[self.by_skill_first[column] : self.by_skill_first[column + 1]]

    def greatest_shares(self, columns: Iterable[int]) -> tuple[Ints, Floats]:
        """The rows that have any of the columns, ascending, and beside each the greatest share of its postings that
        needs one of these skills.
        """
        wanted = np.zeros(len(self.skills), dtype=bool)
        wanted[list(columns)] = True
        places = np.flatnonzero(wanted[self.skills_of])
        rows = np.searchsorted(self.first, places, side="right") - 1
        shares = np.divide(self.postings[places], self.totals[rows], dtype=np.float64)
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        return rows[starts], np.maximum.reduceat(shares, starts) if len(starts) else shares

    def count_roles(self, columns: Iterable[int]) -> int:
        """How many roles have any of the columns."""
        rows = [self.rows(column) for column in columns]
        some = rows[0] if len(rows) == 1 else np.unique(np.concatenate(rows)) if rows else np.zeros(0)
        return int((some >= self.departments).sum())

    def needs(self, row: int) -> Iterator[Needs]:
        """The NEEDS edges of a row, ordered by skill."""
        start, end = int(self.first[row]), int(self.first[row + 1])
        source, total = self.id_of(row), int(self.totals[row])
        for column, postings, items, required in zip(
            *(part[start:end].tolist() for part in (self.skills_of, self.postings, self.items, self.required)),
            strict=True,
        ):
            yield Needs(
                source, self.skills[column], postings, postings / total, items, "required" if required else "preferred"
            )

    def sums(self, weights: Mapping[int, float]) -> Floats:
        """(R,) for each row, the sum of the weights of those of the columns that it has; added in order of column."""
        total = np.zeros(len(self.keys))
        for column in sorted(weights):
            total[self.rows(column)] += weights[column]
        return total

    @cached_property
    def masses(self) -> Floats:
        """(R,) for each row, the sum of the weights of all its columns."""
        return _sum_rows(self.first, self.weights[self.skills_of])

    @cached_property
    def lengths(self) -> Floats:
        """(R,) for each row, the Euclidean length of the weights of all its columns."""
        return np.sqrt(_sum_rows(self.first, (self.weights**2)[self.skills_of]))

    def restricted(self, min_share: float, candidates: bool) -> Projection:
        """The needs of at least that share of a subject's postings, with or without what the taxonomy lacks.

        Rows, columns and weights stay; a row that loses all its skills is empty. The last restrictions are kept.
        """
        key = (min_share, candidates or not self.candidate.any())
        if key == (0, True):
            return self
        return self._restrictions.get(key, lambda: self._restricted(*key))

    def _restricted(self, min_share: float, candidates: bool) -> Projection:
        # the share itself: 7 of 100 are 0.07 of them, but 0.07 * 100 is more than 7
        stays = np.divide(self.postings, np.repeat(self.totals, np.diff(self.first)), dtype=np.float64) >= min_share
        if not candidates:
            stays &= ~self.candidate[self.skills_of]
        first = np.concatenate(([0], np.cumsum(stays)))[self.first]
        columns = self.skills_of[stays]
        by_skill_first, by_skill = _transposed(first, columns, len(self.skills))
        return replace(
            self,
            first=first,
            skills_of=columns,
            postings=self.postings[stays],
            items=self.items[stays],
            required=self.required[stays],
            by_skill_first=by_skill_first,
            by_skill=by_skill,
        )

    @cached_property
    def _restrictions(self) -> Kept[tuple[float, bool], Projection]:
        return Kept(_KEPT)

    @cached_property
    def _column_of(self) -> dict[str, int]:
        return {id: column for column, id in enumerate(self.skills)}

    @property
    def nbytes(self) -> int:
        """The bytes of all arrays."""
        return sum(getattr(self, name).nbytes for name in ARRAYS)


ARRAYS = tuple(field.name for field in fields(Projection) if field.name not in ("departments", "roles", "skills"))
"""The names of the arrays of a projection."""


def build(needs: Iterable[Needs], candidates: Iterable[str], roles: int) -> Projection:
    """The projection of NEEDS edges ordered by source, target; `candidates` are ids, `roles` counts described ones."""
    keys: list[int] = []
    totals: list[int] = []
    first: list[int] = []
    numbers: dict[str, int] = {}
    parts: tuple[list[int], ...] = ([], [], [], [])
    source, departments = "", 0
    for edge in needs:
        if edge.source != source:
            source = edge.source
            kind, _, key = source.partition(":")
            departments += kind == "department"
            keys.append(int(key, 16))
            totals.append(round(edge.postings / edge.share))
            first.append(len(parts[0]))
        parts[0].append(numbers.setdefault(edge.target, len(numbers)))
        parts[1].append(edge.postings)
        parts[2].append(edge.items)
        parts[3].append(edge.necessity == "required")
    skills = tuple(sorted(numbers))
    rank = np.empty(len(skills), dtype=np.int32)
    rank[[numbers[id] for id in skills]] = np.arange(len(skills), dtype=np.int32)
    columns = rank[np.array(parts[0], dtype=np.int64)] if skills else rank
    return assemble(
        np.array(keys, dtype=np.uint64), departments, _small(totals), np.array([*first, len(columns)], dtype=np.int64),
        columns, _small(parts[1]), _small(parts[2]), np.array(parts[3], dtype=bool), skills, candidates, roles,
    )  # fmt: skip


def assemble(
    keys: Ints,
    departments: int,
    totals: Ints,
    first: Ints,
    columns: Ints,
    postings: Ints,
    items: Ints,
    required: Ints,
    skills: tuple[str, ...],
    candidates: Iterable[str],
    roles: int,
) -> Projection:
    """The projection of arrays by row, with what is derived from them: the columns of the class, and its weights."""
    by_skill_first, by_skill = _transposed(first, columns, len(skills))
    of_roles = np.bincount(columns[first[departments] :], minlength=len(skills))
    lacking = set(candidates)
    return Projection(
        keys, departments, totals, first, columns, postings, items, required, skills,
        np.array([id in lacking for id in skills], dtype=bool), roles, by_skill_first, by_skill,
        np.array([log((1 + roles) / (1 + n)) + 1 for n in of_roles.tolist()], dtype=np.float64),
    )  # fmt: skip


def _small(values: list[int]) -> Ints:
    return np.array(values, dtype=np.min_scalar_type(max(values, default=0)))


def _sum_rows(first: Ints, values: Floats) -> Floats:
    """The sum of each row's values, each row for itself, so that it is the same whatever stands in other rows."""
    total = np.zeros(len(first) - 1)
    filled = np.flatnonzero(np.diff(first))
    if len(filled):
        total[filled] = np.add.reduceat(values, first[filled])
    return total


def _transposed(first: Ints, columns: Ints, skills: int) -> tuple[Ints, Ints]:
    """By column: where each begins, and the rows."""
    from scipy.sparse import csr_array

    rows = csr_array((np.ones(len(columns), dtype=np.int8), columns, first), shape=(len(first) - 1, skills)).tocsc()
    return rows.indptr.astype(np.int64), rows.indices.astype(np.int32)
