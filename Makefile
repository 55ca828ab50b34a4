# Everything a newcomer or CI needs. `make` alone lists the targets.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SHELL  := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
CATALOGUES := $(wildcard tui/locale/*/LC_MESSAGES/*.po)

.PHONY: help run test check format bench locale picture system clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.installed: pyproject.toml constraints.txt tui/build_hook.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sztuka needs Python 3.11 or newer")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tests/system/install venv
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip --constraint constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@$(BIN)/python -m compileall -q tui screens store scanners print
	@touch $@

.cache/catalogues: $(VENV)/.installed $(CATALOGUES)
	@$(BIN)/python -m tui.build_hook
	@mkdir -p .cache && touch $@

locale: $(VENV)/.installed ## Collect the strings of the program into the catalogues
	$(BIN)/python -m tests.locale

run: .cache/catalogues ## Open the program on an embedded demo company
	@$(BIN)/sztuka --demo $(ARGS)

picture: .cache/catalogues ## Draw the picture of the README from the program, and the table of its commands
	$(BIN)/python -m tests.docs.picture
	$(BIN)/python -m tests.docs.commands

system: ## Install what the system tests need and only root can install
	@tests/system/install tests

test: .cache/catalogues system ## Run the whole suite
	$(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadgroup $(ARGS)

check: .cache/catalogues ## Format, lint, types, import contracts, hygiene: what CI checks before the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -q tests/test_hygiene.py

format: $(VENV)/.installed ## Mend format and what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .cache/catalogues ## Measure the budgets and print them
	$(BIN)/python -m pytest -q -s -m bench tests/bench

clean: ## Remove everything that was built
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache
