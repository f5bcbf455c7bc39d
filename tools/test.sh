#!/bin/sh
# Every test; what is given is handed on to pytest.
set -eu
cd "$(dirname "$0")/.."
exec .venv/bin/python -m pytest "$@"
