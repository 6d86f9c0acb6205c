#!/usr/bin/env bash
#
# Makes the role that owns the databases named in SPILLWAY_DATABASES. It is no superuser: it can change what is in
# its databases and nothing else.

set -euo pipefail

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
\set password `cat /run/secrets/postgres/spillway.postgres.password`
create role spillway login password :'password';
SQL

for database in $SPILLWAY_DATABASES; do
  createdb --username="$POSTGRES_USER" --owner=spillway --template=template0 --encoding=UTF8 "$database"
done
