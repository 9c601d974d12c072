"""graphmodel.ogm where the extra py2neo is not installed."""

from __future__ import annotations

import importlib
import sys

import pytest


def test_without_the_extra_the_message_tells_how_to_install_it(monkeypatch):
    for module in [name for name in sys.modules if name.partition(".")[0] == "py2neo"] + ["graphmodel.ogm"]:
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "py2neo", None)
    with pytest.raises(ImportError, match=r"needs py2neo: pip install 'rolegraph\[py2neo\]'"):
        importlib.import_module("graphmodel.ogm")
