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


WITHIN_API = {
    "graphql": ("api.transport", "api.operations", "starlette", "fastapi", "uvicorn"),
    "transport": ("api.operations", "api.graphql.schema", "api.graphql.types", "api.graphql.questions", "graphmodel"),
    "operations": ("api.transport", "api.graphql"),
}
"""What the parts of api know nothing of: GraphQL of HTTP, HTTP of fields and the store, operations of either."""


@pytest.mark.parametrize("part", WITHIN_API)
def test_graphql_and_what_carries_it_know_nothing_of_each_other(part: str) -> None:
    files = sorted((ROOT / "api" / part).rglob("*.py"))
    named = {
        f"{file.name} imports {name}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        if name.startswith(WITHIN_API[part])
    }
    assert files
    assert named == set()


def test_a_module_named_in_a_string_is_of_the_lower_layers_too() -> None:
    """store.py imports its engines late, by name; these names must stay within graphmodel."""
    named = [
        constant.value
        for file in (ROOT / "graphmodel").rglob("*.py")
        for constant in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    ]
    assert [name for name in named if name.startswith(("ontology.", "loaders.", "api."))] == []
