#!/usr/bin/env bash
#
# Makes every secret that is not there yet. One folder per group of users, each a volume that only they mount, so the
# files may be readable to whatever user a container runs as. Services read a folder as a configuration tree: the
# file's name is the property's.

set -euo pipefail
umask 022

secret() {
  [[ ! -s $1 ]] || return 0
  head -c 32 /dev/urandom | base64 --wrap=0 >"$1.part"
  mv "$1.part" "$1"
}

secret /secrets/postgres-admin/password
secret /secrets/postgres/spillway.postgres.password
secret /secrets/redis/spring.data.redis.password
secret /secrets/receipts/spillway.receipts.key

# Redis reads its password from a configuration file only.
printf 'requirepass %s\n' "$(</secrets/redis/spring.data.redis.password)" >/secrets/redis/redis.conf
