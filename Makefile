# Verbs of one word; `make help` lists them. Everything lives in .venv, .venv-peers, ui/node_modules and var/.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
DIST := src/entente/web/static/dist/entente.js
INSTALLED := .venv/installed
TESTING := .venv/testing
PEERS := .venv-peers/installed
WORKERS ?= 2

.PHONY: help run test stories worlds quick fix pages docs proof torture words reader lock clean

help: ## List the verbs
	@grep -hE '^[a-z-]+(%)?:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z%-]+):.*## (.*)/\1\t\2/' | expand -t 14

run: $(INSTALLED) $(DIST) ## Start Entente with the demo story on http://127.0.0.1:8000
	$(BIN)/entente demo

test: $(TESTING) $(DIST) ## Style, types, directions, all tests but those of the next two verbs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not wide and not browser" --ignore tests/torture
	$(BIN)/python -m pytest tests/torture

stories: $(TESTING) $(DIST) ## The stories in a real browser (minutes; .ci/run runs them after make test)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal tests/stories

worlds: $(TESTING) ## The two worlds with every asker, story and leak (minutes; .ci/run runs it after make test)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m wide tests/worlds

quick: $(TESTING) ## The tests without the browser and without the two worlds
	$(BIN)/python -m pytest -m "not browser" --ignore tests/worlds -x

fix: $(TESTING) ## Mend style where a machine can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pages: ## Build the page scripts (ui/ into web/static/dist)
	npm --prefix ui install --no-audit --no-fund --loglevel=error
	npm --prefix ui run --silent build

docs: $(TESTING) $(DIST) ## Make the pictures of the README and the tutorial again
	$(BIN)/python -m tests.stories.pictures

bench-%: $(TESTING) ## Run benchmarks/<name>.py
	$(BIN)/python -m benchmarks.$*

bench-names bench-metrics bench-pdq bench-prints bench-faces bench-trace bench-trends: bench-%: $(TESTING) $(PEERS) ## Run benchmarks/<name>.py beside its peers
	$(BIN)/python -m benchmarks.$*

proof: $(TESTING) ## The large sizes of the property and two-world tests
	ENTENTE_PROOF=1 $(BIN)/python -m pytest tests/core tests/contracts tests/match tests/worlds tests/api tests/rooms/test_payments_*.py --timeout 7200

torture: $(TESTING) ## Crash and fault runs
	ENTENTE_TORTURE=100 $(BIN)/python -m pytest tests/torture -m "slow or not slow" --timeout 7200 -s

words: $(TESTING) ## Bring the catalogues up to date with the texts of pages and kinds
	@mkdir -p var
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ --no-location --sort-output -o var/messages.pot src/entente
	$(BIN)/pybabel -q update -i var/messages.pot -d src/entente/locale --no-fuzzy-matching --ignore-obsolete --width=110

reader: $(TESTING) ## Train the net that reads machine readable zones, and ship it (minutes)
	$(BIN)/python -m benchmarks.train_reader

lock: $(TESTING) ## Pin what is installed anew
	$(UV) pip compile --quiet --universal --no-annotate --no-header --all-extras --group test pyproject.toml -o constraints.txt

clean: ## Remove what was built (not var/, where the data is)
	rm -rf .venv .venv-peers ui/node_modules src/entente/web/static/dist

$(UV):
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Entente needs Python 3.11 or later")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv

$(INSTALLED): pyproject.toml constraints.txt | $(UV)
	$(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[bio,faces,postgres]'
	@touch $@

$(TESTING): $(INSTALLED)
	$(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt --group test
	@touch $@

$(PEERS): pyproject.toml | $(UV)
	$(PYTHON) -m venv .venv-peers
	$(UV) pip install --quiet --python .venv-peers/bin/python --group peers
	@touch $@

$(DIST): $(shell find ui/src ui/package.json ui/package-lock.json 2>/dev/null)
	$(MAKE) --no-print-directory pages
	@touch $@
