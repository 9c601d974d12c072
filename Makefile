# Everything below works on a fresh clone with Python 3.11 and nothing else; Windows: README.md.

PYTHON ?= python3.11
BIN := .venv/bin
READY := .venv/.ready
DOCS ?=
A ?= 运营策划
B ?= 数据分析

.PHONY: demo test serve bench lint soak web screenshots wheel-compiled
.DEFAULT_GOAL := demo

demo: $(READY)
	@$(BIN)/rolegraph demo $(DOCS) --a '$(A)' --b '$(B)'

test: $(READY)
	@$(BIN)/python -m pytest

# Where the page cannot be built, it says how.
serve: $(READY) demo.db
	@$(BIN)/python hatch_build.py || true
	@$(BIN)/rolegraph serve --store sqlite:///demo.db

demo.db: | $(READY)
	@$(BIN)/rolegraph demo

bench: $(READY)
	@$(BIN)/python -m benchmarks.run

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

soak: $(READY)
	@ROLEGRAPH_KILLS=20 ROLEGRAPH_LOAD_SECONDS=600 ROLEGRAPH_GENERATED=10000 ROLEGRAPH_HOSTILE=500 \
		ROLEGRAPH_ROUND_TRIP=10000 \
		$(BIN)/python -m pytest -k 'load_of or schemathesis or hostile or round_trip or (kill and not skill)'

# The pages that a server shows, with the system's Node.js or, where that is missing or old, one from PyPI.
web: $(READY)
	@$(BIN)/python hatch_build.py

# Of the planners' page, from the samples; needs Chromium.
screenshots: web
	@$(BIN)/python docs/screenshots/take.py

# By way of the sdist, so that no extension is left beside its source, where it would be imported instead of it.
wheel-compiled: $(READY) web
	@HATCH_BUILD_HOOKS_ENABLE=1 $(BIN)/python -m build --no-isolation

# The build back end is in the lock too, so that nothing outside of it is fetched.
$(READY): requirements.lock pyproject.toml
	@echo "Setting up .venv from requirements.lock (once, about a minute) ..." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
