"""The projection of a store's present state: in memory, or in a file of the cache, or built.

A tenth of a second goes into importing numpy, hence it is imported where a projection is made and not before.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from graphmodel.nodes import Skill
from graphmodel.relations import Needs
from graphmodel.store import View

if TYPE_CHECKING:
    from graphmodel.projection import Projection

LEAST_SAVED = 100_000
"""A projection of fewer needs is built sooner than a file of it is worth keeping."""

_FORMAT = 1
_KEPT, _KEPT_FILES = 4, 8
_held: dict[str, Projection] = {}


def projection(view: View) -> Projection:
    """The projection of what a view sees, built only where neither memory nor a file has it.

    Files stand in ROLEGRAPH_CACHE, else in the user's folder for caches, named after the state of the store; where
    nothing can be written, there are none.
    """
    held = held_projection(view)
    if held is None:
        from graphmodel.projection import build

        held = build(
            (edge for edge in view.edges("NEEDS") if isinstance(edge, Needs)),
            (node.id for node in view.nodes("skill", where={"status": "candidate"}) if isinstance(node, Skill)),
            view.count("role", {"described": True}),
        )
        state = view.state()
        _keep(state, held)
        if len(held.skills_of) >= LEAST_SAVED:
            save(held, _path(state))
    return held


def held_projection(view: View) -> Projection | None:
    """As projection, but None where it would have to be built: for questions that the store answers nearly as fast."""
    state = view.state()
    held = _held.get(state)
    if held is None and (path := _path(state)).exists() and (held := read(path)):
        _keep(state, held)
    return held


def save(held: Projection, path: Path) -> None:
    """Writes a projection, whole or not at all; the oldest files of the folder go. Nothing is raised if it cannot."""
    import numpy as np

    from graphmodel.projection import ARRAYS

    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
            np.savez(
                part,
                format=np.array([_FORMAT, held.departments, held.roles]),
                skills=np.frombuffer("\n".join(held.skills).encode(), dtype=np.uint8),
                **{name: getattr(held, name) for name in ARRAYS},
            )
        os.replace(part.name, path)
        files = sorted(path.parent.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in files[_KEPT_FILES:]:
            old.unlink(missing_ok=True)


def read(path: Path) -> Projection | None:
    """A projection that was saved; None if there is no such file, or none that this version can read."""
    import numpy as np

    from graphmodel.projection import ARRAYS, Projection

    try:
        with np.load(path, allow_pickle=False) as file:
            version, departments, roles = file["format"].tolist()
            if version != _FORMAT:
                return None
            skills = file["skills"].tobytes().decode()
            arrays = {name: file[name] for name in ARRAYS}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    names = tuple(skills.split("\n")) if skills else ()
    return Projection(**arrays, departments=departments, roles=roles, skills=names)


def _path(state: str) -> Path:
    if folder := os.environ.get("ROLEGRAPH_CACHE"):
        return Path(folder, f"{state}.npz")
    from platformdirs import user_cache_path

    return user_cache_path("rolegraph") / f"{state}.npz"


def _keep(state: str, held: Projection) -> None:
    while len(_held) >= _KEPT:
        _held.pop(next(iter(_held)))
    _held[state] = held
