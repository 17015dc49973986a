# rothwell: `make help` lists what can be done here. Only Python 3.11 or later, pip and make are needed.

PYTHON  ?= python3
UV      ?= uv
WORKERS ?= 2
PLANS   ?= 1000000
OF      ?= paychecks
BIN     := .venv/bin
READY   := .venv/.ready
ENGINES := .venv-oracle/taxcalc/.ready .venv-oracle/policyengine/.ready
PIP     := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format docs bench oracle mutants audit lock clean
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

help:                 ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1\t/p' Makefile | expand -t 16

setup: $(READY)       ## prepare .venv with everything that the lock names (once, again when the lock changes)
	@:

demo: $(READY)        ## the whole answer for the example couple, on the terminal and as a page
	@mkdir -p out
	@$(BIN)/rothwell plan examples/couple.toml --html out/couple.html
	@echo "The page: $(CURDIR)/out/couple.html"

test: $(READY)        ## every test
	@$(BIN)/python -m pytest -q -n $(WORKERS)

check: $(READY)       ## lint, format, types, layers and the house style
	@failed=0; \
	step() { name=$$1; shift; if "$$@" > .venv/check.txt 2>&1; then echo "$$name  ok"; \
	    else cat .venv/check.txt; echo "$$name  FAILS"; failed=1; fi; }; \
	step "ruff check    " $(BIN)/ruff check --quiet .; \
	step "ruff format   " $(BIN)/ruff format --check --quiet .; \
	step "mypy --strict " $(BIN)/mypy --strict src; \
	step "import layers " $(BIN)/lint-imports; \
	step "house style   " $(BIN)/python -m pytest -q tests/style; \
	exit $$failed

format: $(READY)      ## write the files as the formatter wants them
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

docs: $(READY)        ## the generated pages of docs/: the law's coverage, what is not modeled, the commands
	@$(BIN)/python -m rothwell.report.coverage docs

bench: $(READY)       ## the measurements
	@$(BIN)/python -m benchmarks

oracle: $(READY) $(ENGINES)  ## our taxes against two independent engines (a quarter of an hour the first time)
	@$(BIN)/python -m oracle.run $(ORACLE)

mutants: $(READY)     ## each value of the law and a sample of operators changed, one at a time: do the tests notice?
	@NUMBA_DISABLE_JIT=1 $(BIN)/python -m mutants.run $(MUTANTS)

audit: $(READY)       ## random plans against a second auditor written from the statute (an hour; OF=limits half of it; PLANS=10000)
	@$(BIN)/python -m tests.invariants.audit_plans $(PLANS) $(OF)

lock:                 ## resolve the dependencies again (needs uv; UPGRADE=--upgrade takes the newest)
	@command -v $(UV) > /dev/null || { echo "make lock needs uv: set UV=/path/of/uv"; exit 1; }
	@UV_PYTHON_DOWNLOADS=never $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --python-version 3.11 --all-extras $(UPGRADE) \
	    pyproject.toml --output-file requirements.lock
	@! grep -nE '://' requirements.lock || { echo "requirements.lock holds an address"; exit 1; }
	@echo "requirements.lock: $$(grep -c '==' requirements.lock) packages"

clean:                ## remove what make made
	@rm -rf .venv .venv-oracle out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml requirements.lock
	@command -v $(PYTHON) > /dev/null || { echo "$(PYTHON) not found: install Python 3.11 or later, or name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "rothwell needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up .venv (once; one or two minutes) ..."
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear .venv || { \
	    echo "$(PYTHON) cannot make a virtual environment: install its venv module (on Debian and Ubuntu: python3-venv)"; exit 1; }
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "Ready: $(BIN)/rothwell"

.venv-oracle/%/.ready: oracle/requirements-%.txt
	@echo "Setting up the engine $* (once; some minutes) ..."
	@$(PYTHON) -m venv --clear .venv-oracle/$*
	@.venv-oracle/$*/bin/python -m pip --quiet --disable-pip-version-check --no-input install -r $<
	@touch $@
