# The two commands of the README: `make run` and `make test`. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := examples/department-2024.toml

.PHONY: run test lint types contracts bench clean

run: $(VENV)/.ready
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/nianbao edit $(EXAMPLE); \
	else $(BIN)/nianbao check $(EXAMPLE) && $(BIN)/nianbao export $(EXAMPLE); fi

test: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready-dev
	$(BIN)/python .ci/types.py

contracts: $(VENV)/.ready-dev
	$(BIN)/lint-imports

bench: $(VENV)/.ready-dev
	$(BIN)/python -m pytest bench --benchmark-only --benchmark-columns=min,median,max,rounds -p no:xdist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.ready-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.ready

clean:
	rm -rf $(VENV) build dist nianbao.egg-info
