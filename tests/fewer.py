"""A part of the built-in taxonomy, for tests that write all skills and need not write thousands."""

from __future__ import annotations

from ontology.taxonomy import Taxonomy


def fewer(taxonomy: Taxonomy, every: int) -> Taxonomy:
    """One of so many skills, and what they are narrower than; `every` 1 is the whole."""
    if every == 1:
        return taxonomy
    scheme = taxonomy.scheme
    kept = {skill.id for skill in scheme.skills[::every]}
    while more := {broader for narrower, broader in scheme.broader if narrower in kept} - kept:
        kept |= more
    slugs = {id.partition(":")[2] for id in kept}
    return taxonomy._replace(
        entries={slug: entry for slug, entry in taxonomy.entries.items() if slug in slugs},
        patterns={slug: patterns for slug, patterns in taxonomy.patterns.items() if slug in slugs},
        scheme=scheme._replace(
            digest=f"one in {every} of {scheme.digest}",
            skills=tuple(skill for skill in scheme.skills if skill.id in kept),
            broader=tuple(pair for pair in scheme.broader if kept >= {*pair}),
            related=tuple(pair for pair in scheme.related if kept >= {*pair}),
            aliases=tuple((old, new) for old, new in scheme.aliases if new in kept),
        ),
    )
