"""Arrows point one way: graphmodel <- ontology <- loaders <- api; and nothing of ours imports the tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("graphmodel", "ontology", "loaders", "api")
OTHERS = ("tests", "benchmarks")


def imports(file: Path) -> Iterator[str]:
    """The first part of every module that a file imports, wherever in the file; relative imports name its package."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0] if not node.level else file.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_those_below(layer: str) -> None:
    above = {*LAYERS[LAYERS.index(layer) + 1 :], *OTHERS}
    files = sorted((ROOT / layer).rglob("*.py"))
    wrong = [f"{file.relative_to(ROOT)} imports {name}" for file in files for name in imports(file) if name in above]
    assert files
    assert not wrong


def test_a_module_named_in_a_string_is_of_the_lower_layers_too() -> None:
    """store.py imports its engines late, by name; these names must stay within graphmodel."""
    named = [
        constant.value
        for file in (ROOT / "graphmodel").rglob("*.py")
        for constant in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    ]
    assert [name for name in named if name.startswith(("ontology.", "loaders.", "api."))] == []
