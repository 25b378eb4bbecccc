# Everything a person or a machine does here. `make` alone lists it.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# Where `make run` keeps its data; empty: DATA_DIR of the environment or .env, else ./var
DATA ?=
# How long each reader is fuzzed, and behind which file of the endless row
SECONDS ?= 60
FIRST ?= 0
# Passed on to pytest or to the benchmarks
ARGS ?=

BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make requirements"

# Settings as on a server, for checks that look at settings only and connect to nothing.
SERVER := env SECRET_KEY=0123456789-only-for-checks-ABCDEFGHIJKLMNOPQRSTUVWXYZ-abcdefghij HTTPS=true \
	ALLOWED_HOSTS=solvent.example DATABASE_URL=postgres://localhost/solvent REDIS_URL=redis://localhost/0

# A folder for the time of one command, so that no check meets the data of a running server.
SCRATCH = scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && trap 'exit 130' INT TERM && \
	export DATA_DIR="$$scratch"
# A database of one's own asks for a secret; what lives for one command signs with this one.
THROWAWAY_KEY = export SECRET_KEY="$${SECRET_KEY:-only-for-tests-0123456789-0123456789-0123456789}"

.DEFAULT_GOAL := help
.PHONY: help run test check lint types ratchet untyped layers migrations settings schema openapi format messages \
	fuzz bench requirements clean environment environment-dev

help: ## list these commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | \
		while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

run: environment ## start everything: make run [PORT=8000] [DATA=folder] [HOST=127.0.0.1]
	@exec $(if $(DATA),env DATA_DIR="$(DATA)") $(BIN)/python -m tools.run --host "$(HOST)" --port "$(PORT)"

test: environment-dev ## the whole suite: make test [ARGS="tests/core -x"]
	@$(SCRATCH) && $(THROWAWAY_KEY) && $(BIN)/pytest $(ARGS)

check: lint types ratchet layers migrations settings schema ## all that can be said without running tests

lint: environment-dev ## style and likely mistakes (ruff)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: environment-dev ## types (mypy, strict)
	@$(SCRATCH) && $(BIN)/mypy .

ratchet: environment-dev ## no app leaves more types open than it did
	@$(BIN)/python -m tools.untyped

untyped: environment-dev ## keep the numbers of open types as they are, once they fell
	@$(BIN)/python -m tools.untyped --write

layers: environment-dev ## who may import whom (import-linter)
	@$(SCRATCH) && $(BIN)/lint-imports --no-cache

migrations: environment-dev ## every change of a model has its migration
	@$(SCRATCH) && $(BIN)/python manage.py makemigrations --check --dry-run

settings: environment-dev ## Django's own checks with settings as on a server
	@$(SCRATCH) && $(SERVER) $(BIN)/python manage.py check --deploy --fail-level WARNING

schema: environment-dev ## openapi.yaml says what the API does
	@$(SCRATCH) && $(BIN)/python manage.py spectacular --validate --fail-on-warn --file "$$scratch/openapi.yaml" && \
		diff -u openapi.yaml "$$scratch/openapi.yaml" || \
		{ echo 'openapi.yaml is not what the code says; `make openapi` writes it anew.'; exit 1; }

openapi: environment-dev ## write openapi.yaml
	@$(SCRATCH) && $(BIN)/python manage.py spectacular --validate --fail-on-warn --file openapi.yaml

format: environment-dev ## put the code into shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

messages: environment-dev ## keep locale/ in step with the texts of the code, and compile it
	@$(BIN)/python -m tools.messages

fuzz: environment-dev ## damaged files for every reader, 60 s each: make fuzz [SECONDS=600] [FIRST=5000]
	@$(SCRATCH) && $(THROWAWAY_KEY) && FUZZ_SECONDS="$(SECONDS)" FUZZ_FIRST="$(FIRST)" \
		$(BIN)/pytest tests/ingest/test_fuzz.py $(ARGS)

bench: environment-dev ## measure, beside the last release's figures: make bench [ARGS="planning --keep"]
	@$(SCRATCH) && $(THROWAWAY_KEY) && $(BIN)/python -m benchmarks $(ARGS)

requirements: environment-dev ## pin what pyproject.toml asks for; RENEW=--upgrade takes the newest
	@$(COMPILE) $(RENEW) pyproject.toml -o requirements.txt
	@$(COMPILE) $(RENEW) --group dev pyproject.toml -c requirements.txt -o requirements-dev.txt

clean: ## remove the environment and caches; the data stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .schemathesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@$(PYTHON) tools/bootstrap.py requirements.txt

environment-dev:
	@$(PYTHON) tools/bootstrap.py requirements-dev.txt
