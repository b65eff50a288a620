# Four verbs: `make site`, `make test`, `make check`, `make bench`. Only Python 3.11+, git and make are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := site
.PHONY: site serve test check format audit pictures bench profile schemas clean

site: $(VENV)/site.stamp ## build content/ into output/
	$(BIN)/paperfolio build
	@echo "Look at it with: make serve   (or copy output/ to any web server)"

serve: $(VENV)/site.stamp ## preview with live reload
	$(BIN)/paperfolio serve --open

test: $(VENV)/test.stamp ## run all tests
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile $(ARGS)

check: $(VENV)/check.stamp ## formatting, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/check.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

audit: $(VENV)/test.stamp ## what others' checkers say of the pages; writes docs/quality.md
	$(BIN)/python -m audit $(ARGS)

pictures: $(VENV)/test.stamp ## draw what the themes look like, for README and docs
	$(BIN)/python -m audit.pictures

bench: $(VENV)/site.stamp ## compare with other generators; writes docs/performance.md
	$(BIN)/python -m benchmarks $(ARGS)

profile: $(VENV)/site.stamp ## where a build spends its time
	$(BIN)/python -m benchmarks.stages $(ARGS)

schemas: $(VENV)/site.stamp
	$(BIN)/paperfolio schema --write

clean:
	rm -rf $(VENV) .paperfolio build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Paperfolio needs Python 3.11 or newer; name it with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: pyproject.toml | $(BIN)/python
	$(PIP) install --editable .
	@touch $@

$(VENV)/test.stamp: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[test]'
	@touch $@ $(VENV)/site.stamp

$(VENV)/check.stamp: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[check]'
	@touch $@ $(VENV)/site.stamp
