# `make demo` and `make test` need Python >= 3.11 and make, nothing else.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
OTHERS := $(VENV)/others
COMPILED := $(VENV)/compiled

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check format bench wheel soak fuzz accuracy arbiter pictures clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sitmon needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 demo")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV): sitmon and what it stands on, pinned (constraints.txt), from PyPI;" >&2
	@echo "this is done once and takes a minute or two, without further words ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1" -c constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e . --group dev -c constraints.txt
	@echo "$(VENV) is ready" >&2
	@touch $@

demo: $(READY) ## replay the bundled August 2021 sample, offline
	@$(BIN)/sitmon demo

test: $(READY) ## run all tests
	@$(BIN)/python -m pytest

check: $(READY) ## format, lint, types and tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest

format: $(READY) ## reformat the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY) $(OTHERS)/.ready ## run the benchmarks and print a table of ratios
	@$(MAKE) --no-print-directory $(COMPILED)/.ready || echo "no compiled classifier here: its rows will say so" >&2
	@$(BIN)/python -m bench

$(OTHERS)/.ready: $(READY)
	@echo "setting up what else is measured ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --upgrade --target $(OTHERS) --group bench -c constraints.txt || echo "not all of it can be installed here: its rows will say so"
	@mkdir -p $(OTHERS) && touch $@

wheel: $(COMPILED)/.ready ## build dist/, the classifier compiled (needs a C compiler, takes some minutes), and test it
	@$(BIN)/python -m tools.compiled $(COMPILED)
	@SITMON_COMPILED=$(abspath $(COMPILED)) PYTHONPATH=$(COMPILED):. $(BIN)/python -P -m pytest -o pythonpath= tests/classify

# Built from a source archive in a folder of its own: no machine code ever lies beside the sources that it was made of.
$(COMPILED)/.ready: $(READY) $(shell find sitmon seeds -type f -not -name '*.pyc')
	@$(BIN)/python -c 'import shutil, sys, sysconfig; cc = (sysconfig.get_config_var("CC") or "cc").split()[0]; sys.exit(None if shutil.which(cc) else f"no C compiler ({cc}) to compile the classifier with; `pip wheel --no-deps .` builds the plain wheel")'
	@echo "compiling the classifier; this takes some minutes ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "build>=1.2,<2" -c constraints.txt
	@rm -rf $(COMPILED)
	@HATCH_BUILD_HOOKS_ENABLE=1 $(BIN)/python -m build --outdir $(COMPILED)/dist >$(VENV)/wheel.log 2>&1 || { grep -i error $(VENV)/wheel.log | tail -8 >&2; echo "the whole log: $(VENV)/wheel.log" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target $(COMPILED) $(COMPILED)/dist/*.whl
	@mkdir -p dist && rm -f dist/sitmon-* && mv $(COMPILED)/dist/* dist/
	@touch $@

soak: $(READY) ## kill `sitmon watch` 200 times; nothing may be lost or come twice
	@SITMON_KILLS=200 $(BIN)/python -m pytest -s tests/program/test_kill.py

fuzz: $(READY) ## fuzz the readers of feeds and exports, two minutes each (installs atheris, which not every platform has)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "atheris>=3,<4"
	@$(BIN)/python -m tools.fuzz feeds 120
	@$(BIN)/python -m tools.fuzz exports 120

accuracy: $(READY) ## measure the classifier on eval/labelled and write docs/accuracy.md
	@$(BIN)/python -m tools.accuracy

arbiter: $(READY) ## train the English arbiter on eval/labelled and print what it is worth (a minute)
	@$(BIN)/python -m tools.arbiter

pictures: $(READY) ## draw the desk's screens from the sample into docs/pictures
	@COLORTERM=truecolor $(BIN)/python -m tools.pictures

clean: ## remove the virtual environment, caches and what was built
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
