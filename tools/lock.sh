#!/bin/sh
# Pins every package, with hashes and without the address of any registry.
set -eu
cd "$(dirname "$0")/.."
pin() {
    .venv/bin/uv pip compile -q pyproject.toml --extra serve --group build --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade "$@"
}
pin -o requirements.lock
pin --group dev --extra bulk -c requirements.lock -o requirements-dev.lock
