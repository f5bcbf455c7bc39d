#!/bin/sh
# Makes an environment of its own for OpenFisca-Core, which the portal never depends on.
# bench/openfisca_environment.sh [FOLDER]
set -eu
cd "$(dirname "$0")/.."
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/plan-my-support/openfisca}
. tools/python.sh
[ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
"$folder/bin/python" -m pip install -q --disable-pip-version-check "openfisca-core==46.0.1"
echo "$folder/bin/python"
