#!/bin/sh
# Starts the demonstration: a database and a secret of its own in var/, on this machine only.
set -eu
cd "$(dirname "$0")/.."
port=$1

mkdir -p var
chmod 700 var
if [ ! -s var/secret-key ]; then
    (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(48))' > var/secret-key)
fi

if [ ! -s var/encryption-key ]; then
    (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(48))' > var/encryption-key)
fi

PORTAL_SECRET_KEY=${PORTAL_SECRET_KEY:-$(cat var/secret-key)}
PORTAL_ENCRYPTION_KEY=${PORTAL_ENCRYPTION_KEY:-$(cat var/encryption-key)}
PORTAL_DATABASE_URL=${PORTAL_DATABASE_URL:-sqlite:///$PWD/var/portal.sqlite}
PORTAL_DEMONSTRATION=1
# The demonstration is reached over plain HTTP on this machine, where a browser would drop a secure cookie.
PORTAL_SECURE_COOKIES=${PORTAL_SECURE_COOKIES:-0}
# Mails go nowhere: they are written here, and shown on a page.
PORTAL_MAIL_FOLDER=${PORTAL_MAIL_FOLDER:-$PWD/var/mail}
export PORTAL_SECRET_KEY PORTAL_ENCRYPTION_KEY PORTAL_DATABASE_URL PORTAL_DEMONSTRATION PORTAL_SECURE_COOKIES
export PORTAL_MAIL_FOLDER
exec .venv/bin/portal run --port "$port"
