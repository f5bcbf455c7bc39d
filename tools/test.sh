#!/bin/sh
# Every test; what is given is handed on to pytest. Without anything, those that need a database run
# once on SQLite and once more on PostgreSQL.
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] && exec .venv/bin/python -m pytest "$@"
.venv/bin/python -m pytest
exec .venv/bin/python -m pytest --database postgresql
