"""Draws the labels that a reviewer judges: python docs/label-review/draw.py DOMAIN... (none: every domain).

For each domain sixty alternative labels (all, where there are fewer), Chinese and English, by a seed that is the
domain's name. Prints the columns label, skill, verdict; the reviewer writes yes where a job document could contain the
label and mean that skill by it, else no and why.
"""

from __future__ import annotations

import random
import sys

from ontology.taxonomy import load

DRAWN = 60


def main(domains: list[str]) -> None:
    entries = load().entries.values()
    print("domain\tlabel\tskill\tverdict\tremark")
    for domain in domains or sorted({entry.domain for entry in entries}):
        labels = [
            (label, entry.zh) for entry in entries if entry.domain == domain for label in (*entry.alt_zh, *entry.alt_en)
        ]
        for label, skill in sorted(random.Random(domain).sample(labels, min(DRAWN, len(labels)))):
            print(f"{domain}\t{label}\t{skill}\t\t")


if __name__ == "__main__":
    main(sys.argv[1:])
