"""A person's own words -> skills, found as a reader finds them in a requirement."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.lexicon import Lexicon


def read(text: str) -> Iterable[str]:
    """The ids of the skills that words name or describe, sorted.

    The skills are those that the settings name; they are read and compiled at the first call, which takes a second
    or two.
    """
    return sorted({find.skill for find in _lexicon().find(text, "requirement")})


@cache
def _lexicon() -> Lexicon:
    from api.settings import Settings
    from loaders.lexicon import Lexicon
    from ontology import taxonomy

    named = Settings()
    return Lexicon(taxonomy.load(named.taxonomy, named.taxonomy_only))
