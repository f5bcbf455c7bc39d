#!/bin/sh
# Installs the Debian packages the portal needs, when they are missing: tools/system.sh run|test
set -eu

# WeasyPrint draws text with Pango and makes small font files with HarfBuzz.
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
if [ "${1:-run}" = test ]; then
    # The browser for the journeys and what drives it, poppler to read PDFs back, Java for the PDF/UA validator.
    packages="$packages chromium libatomic1 poppler-utils openjdk-17-jdk-headless"
fi

missing=""
if command -v dpkg-query >/dev/null 2>&1; then
    for package in $packages; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
    done
else
    echo "This is not Debian. Please install what stands for: $packages" >&2
    exit 0
fi
. "$(dirname "$0")/python.sh"
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
[ -z "$missing" ] && exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "These packages are missing, and installing them needs root:$missing" >&2
        exit 1
    }
    as_root="sudo"
fi
echo "Installing from Debian:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $as_root apt-get update -q &&
       $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing; } >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi
