"""What a user's taxonomy does to the one that it extends.

A line puts its skill beside the others, or, under a slug that is there, in the place of that skill. Its `action`:

    add        as nothing, but refuses a slug that is there
    extend     adds its labels, patterns, broader and related skills to the skill of that slug
    deprecate  takes the skill of that slug out; what was narrower moves up

`replaces` names skills whose place it takes: their labels are free, their ids lead to it, what was narrower than they
is narrower than it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ontology.entries import Entry, refuse


def extended(base: Mapping[str, Entry], own: Iterable[Entry]) -> tuple[dict[str, Entry], dict[str, str]]:
    """All entries, and the slugs that were replaced with those that stand for them.

    Those of `own` stand last, so that where two entries are at odds it is the user's that is named.
    """
    own = list(own)
    _check(base, own)
    gone = {entry.slug for entry in own if entry.action == "deprecate"}
    replaced = {old: entry.slug for entry in own for old in entry.replaces}
    left = {slug: entry for slug, entry in base.items() if slug not in gone and slug not in replaced}
    kept = {slug: _repaired(entry, base, gone, replaced) for slug, entry in left.items()}
    for entry in own:
        if entry.action == "extend":
            kept[entry.slug] = _joined(kept.pop(entry.slug), entry)
        elif entry.action != "deprecate":
            kept.pop(entry.slug, None)
            kept[entry.slug] = entry
    return kept, replaced


def _check(base: Mapping[str, Entry], own: Iterable[Entry]) -> None:
    met: dict[str, Entry] = {}
    taken: dict[str, Entry] = {}
    for entry in own:
        if entry.slug in met and not entry.action == met[entry.slug].action == "extend":
            refuse(entry.place, f"{entry.slug!r} stands also at {met[entry.slug].place}.")
        met[entry.slug] = entry
        if entry.action == "add" and entry.slug in base:
            refuse(
                entry.place,
                f"the slug {entry.slug!r} is that of {base[entry.slug].zh} at {base[entry.slug].place}.",
                "Write another slug; or action extend, to add to that skill; or that slug and no action, to put this "
                "one in its place.",
            )
        if entry.action in ("extend", "deprecate") and entry.slug not in base:
            refuse(entry.place, f"there is no skill {entry.slug!r} to {entry.action}.", "Write the slug of one.")
        for old in entry.replaces:
            if old not in base or old == entry.slug or old in taken:
                refuse(entry.place, f"{old!r} is no skill that can be replaced here.", "Name another, once.")
            taken[old] = entry
    for old, entry in taken.items():
        if old in met:
            refuse(entry.place, f"{old!r} is replaced here, and stands at {met[old].place}.")


def _repaired(entry: Entry, base: Mapping[str, Entry], gone: set[str], replaced: Mapping[str, str]) -> Entry:
    """The entry without what points at a skill that is there no longer."""

    def above(slug: str) -> list[str]:
        if slug in gone:
            return [higher for broader in base[slug].broader for higher in above(broader)]
        return [replaced.get(slug, slug)]

    broader = dict.fromkeys(higher for slug in entry.broader for higher in above(slug))
    related = dict.fromkeys(replaced.get(slug, slug) for slug in entry.related if slug not in gone)
    return entry._replace(broader=tuple(broader), related=tuple(related))


def _joined(entry: Entry, more: Entry) -> Entry:
    def both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*one, *(value for value in other if value))))

    return entry._replace(
        broader=both(entry.broader, more.broader),
        alt_zh=both(entry.alt_zh, (*({more.zh} - {entry.zh}), *more.alt_zh)),
        alt_en=both(entry.alt_en, (*({more.en} - {entry.en}), *more.alt_en)),
        patterns=both(entry.patterns, more.patterns),
        related=both(entry.related, more.related),
        exact_match=both(entry.exact_match, more.exact_match),
        close_match=both(entry.close_match, more.close_match),
        place=more.place,
    )
