#!/bin/sh
# Every test; what is given is handed on to pytest. Without anything, those that need a database run
# once on SQLite and once more on PostgreSQL, each over all processors.
set -u
cd "$(dirname "$0")/.."
[ $# -gt 0 ] && exec .venv/bin/python -m pytest "$@"
failed=0
.venv/bin/python -m pytest -n auto --dist worksteal || failed=1
.venv/bin/python -m pytest -n auto --dist worksteal --database postgresql || failed=1
exit $failed
