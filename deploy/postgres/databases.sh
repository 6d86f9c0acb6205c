#!/usr/bin/env bash
#
# Makes what is missing of the role spillway and of the databases named in SPILLWAY_DATABASES, which it owns. The role is
# no superuser: it can change what is in its databases and nothing else.
#
# Runs inside the server while its data folder is made, and from another container (PGHOST is set) at every later start.

set -euo pipefail

if [ -n "${PGHOST:-}" ]; then
  PGPASSWORD=$(cat /run/secrets/postgres-admin/password)
  export PGPASSWORD
fi

admin() {
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres "$@"
}

admin <<'SQL'
\set password `cat /run/secrets/postgres/spillway.postgres.password`
select format('create role spillway login password %L', :'password')
where not exists (select from pg_roles where rolname = 'spillway') \gexec
SQL

for database in $SPILLWAY_DATABASES; do
  admin --set=database="$database" <<'SQL'
select format('create database %I owner spillway template template0 encoding %L', :'database', 'UTF8')
where not exists (select from pg_database where datname = :'database') \gexec
SQL
done
