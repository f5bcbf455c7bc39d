#!/bin/sh
# Brings .venv to a locked set of packages and puts the portal itself in it: tools/environment.sh LOCKFILE
# Does nothing when the environment is already what the lock says.
set -eu
cd "$(dirname "$0")/.."
lock=$1

wanted=$(cat "$lock" pyproject.toml | sha256sum | cut -d ' ' -f 1)
stamp=".venv/made-from-$lock"
[ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && exit 0

. tools/python.sh
echo "Making the environment in .venv from $lock"
[ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear .venv
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock"
.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --editable .
echo "$wanted" > "$stamp"
