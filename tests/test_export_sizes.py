"""/export/sizes tells what an export will have in bytes, and counts no longer than somebody wants to know."""

from __future__ import annotations

import json
import time
from contextlib import closing

import httpx
import pytest
from served import serving
from whole import READINGS, reading, stored

from api import keys
from api.rdf.forms import EXPORTED
from api.rdf.sizes import Sizes
from ontology.terms import BASE

PATIENCE = 60.0


def counted(ask):
    """What is told once all is counted."""
    end = time.monotonic() + PATIENCE
    while (told := ask())["counting"]:
        assert time.monotonic() < end, told
        time.sleep(0.02)
    return told


def test_sizes_are_those_of_the_exports_and_are_counted_anew_when_the_graph_changes(tmp_path):
    url = f"sqlite:///{tmp_path / 'graph.db'}"
    reader = keys.new("reader", "read")
    headers = {"Authorization": f"Bearer {reader.secret}", "Accept-Encoding": "identity"}
    with closing(stored(READINGS, url)) as store, serving(url, ROLEGRAPH_API_KEYS=reader.entry) as address:
        site = address.removesuffix("/graphql")

        def ask():
            return httpx.get(f"{site}/export/sizes", headers=headers).raise_for_status().json()

        assert httpx.get(f"{site}/export/sizes").status_code == 401
        told = counted(ask)
        assert sorted(told["bytes"]) == sorted(f"{form.suffix}{gz}" for form in EXPORTED for gz in ("", ".gz"))
        for suffix, size in told["bytes"].items():
            assert len(httpx.get(f"{site}/export.{suffix}", headers=headers).content) == size
        store.add_many([reading("d.txt", "出纳")])
        after = counted(ask)
        assert after["revision"] > told["revision"]
        assert all(after["bytes"][suffix] > size for suffix, size in told["bytes"].items())


@pytest.mark.parametrize("idle", [0.0, PATIENCE])
def test_nothing_is_counted_for_somebody_who_has_left(idle):
    with closing(stored(READINGS)) as store:
        sizes = Sizes(store, BASE, lambda: True, idle)
        assert json.loads(sizes.told())["bytes"] == {}
        sizes._thread.join(PATIENCE)
        assert bool(json.loads(sizes.told())["bytes"]) == bool(idle)
        sizes.close()
