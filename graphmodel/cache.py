"""The projection of a store's present state: in memory, or in a file of the cache, or built.

A tenth of a second goes into importing numpy, hence it is imported where a projection is made and not before.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from graphmodel.kept import Kept
from graphmodel.nodes import Skill
from graphmodel.relations import Needs
from graphmodel.store import View

if TYPE_CHECKING:
    from graphmodel.projection import Projection

LEAST_SAVED = 100_000
"""A projection of fewer needs is built sooner than a file of it is worth keeping."""

_FORMAT = 1
_KEPT_FILES = 8
_NAME = "rolegraph-{}.npz"
"""Only files of this name are ours to take away: ROLEGRAPH_CACHE may be a folder with other things in it."""

_held: Kept[str, Projection] = Kept(4)
_building = Lock()


def projection(view: View) -> Projection:
    """The projection of what a view sees, built only where neither memory nor a file has it.

    Files stand in ROLEGRAPH_CACHE, else in the user's folder for caches, named after the state of the store; where
    nothing can be written, there are none. Of threads that ask at once, one builds it. What is built while the store
    changes (of a store that is asked without a view) is not kept.
    """
    held = held_projection(view)
    if held is not None:
        return held
    with _building:
        return held_projection(view) or _built(view)


def held_projection(view: View) -> Projection | None:
    """As projection, but None where it would have to be built: for questions that the store answers nearly as fast."""
    state = view.state()
    held = _held.peek(state)
    # Path.exists would raise for a folder that may not be entered
    if held is None and os.path.exists(path := _path(state)) and (held := read(path)):
        _held.put(state, held)
    return held


def _built(view: View) -> Projection:
    from graphmodel.projection import build

    state = view.state()
    built = build(
        (edge for edge in view.edges("NEEDS") if isinstance(edge, Needs)),
        (node.id for node in view.nodes("skill", where={"status": "candidate"}) if isinstance(node, Skill)),
        view.count("role", {"described": True}),
    )
    if view.state() == state:
        _held.put(state, built)
        if len(built.skills_of) >= LEAST_SAVED:
            save(built, _path(state))
    return built


def save(held: Projection, path: Path) -> None:
    """Writes a projection, whole or not at all; the oldest ones of the folder go. Nothing is raised if it cannot."""
    import numpy as np

    from graphmodel.projection import ARRAYS

    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
            arrays = {name: getattr(held, name) for name in ARRAYS}
            try:
                np.savez(
                    part,
                    format=np.array([_FORMAT, held.departments, held.roles]),
                    skills=np.frombuffer("\n".join(held.skills).encode(), dtype=np.uint8),
                    **arrays,
                )
                part.close()  # Windows renames no open file
                os.replace(part.name, path)
            finally:
                part.close()
                Path(part.name).unlink(missing_ok=True)
        files = sorted(path.parent.glob(_NAME.format("*")), key=lambda file: file.stat().st_mtime, reverse=True)
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
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
        return None
    names = tuple(skills.split("\n")) if skills else ()
    return Projection(**arrays, departments=departments, roles=roles, skills=names)


def folder() -> Path:
    """ROLEGRAPH_CACHE, else the user's folder for caches; it need not be there."""
    if named := os.environ.get("ROLEGRAPH_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("rolegraph")


def _path(state: str) -> Path:
    return folder() / _NAME.format(state)
