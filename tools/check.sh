#!/bin/sh
# Formatting, lint, types and import contracts. Runs them all, then fails if one did.
set -u
cd "$(dirname "$0")/.."
failed=0
.venv/bin/ruff format --check --output-format concise . || { echo "Not formatted: run “make format”." >&2; failed=1; }
.venv/bin/ruff check --quiet . || failed=1
.venv/bin/mypy || failed=1
.venv/bin/lint-imports --no-cache || failed=1
exit $failed
