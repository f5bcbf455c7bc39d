# make run     starts the demonstration on http://127.0.0.1:8000 (PORT=9000 to choose another port)
# make test    runs every test, the browser's included
# make check   formatting, lint, types and import contracts
# make words   takes the words of the portal and its packs into the translation template
# make docs    writes the tables of keys, the JSON Schemas and what the examples print again
# make lock    pins the newest dependencies the ranges in pyproject.toml allow
# make bench   processor time a request beside a bare Flask “hello”, and how a fixed rate is held
# make attacks every attack of attacks/ in full: kills, tampering, hostile input, raw connections and more (hours)
# make clean   removes the environment and what tests leave; keeps var/, where the demonstration's data is

SHELL := /bin/sh
PORT ?= 8000
PYTEST_ARGS ?=

.PHONY: run test check format words docs lock bench attacks clean environment test-environment

run: environment
	@tools/run.sh $(PORT)

test: test-environment
	@tools/test.sh $(PYTEST_ARGS)

check: test-environment
	@tools/check.sh

format: test-environment
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

words: test-environment
	mkdir -p translations
	.venv/bin/pybabel -q extract -F pyproject.toml -o translations/messages.pot --no-location --sort-output .

docs: test-environment
	.venv/bin/python -m portal.pack.keys
	.venv/bin/python -m tests.docs.pages
	.venv/bin/python -m tests.security.pages

lock: test-environment
	@tools/lock.sh

bench: test-environment
	.venv/bin/python -m bench.requests
	.venv/bin/python -m bench.load

attacks: test-environment
	.venv/bin/python -m attacks

environment:
	@tools/system.sh run
	@tools/environment.sh requirements.lock

test-environment:
	@tools/system.sh test
	@tools/environment.sh requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist test-results
