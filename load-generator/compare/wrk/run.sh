#!/usr/bin/env bash
# What the gateway of a running stack answers to wrk, a client that is not ours: requests that go nowhere, single likes on
# one post, and many likes in one request. So the load generator's own share of the machine can be told apart.
#
# Usage: run.sh [SECONDS [CONNECTIONS [LIKES_PER_REQUEST]]]      needs wrk, curl, and ./spillway up --lab
# Exit codes: 0 done, 1 some request was not accepted, 2 usage, 3 the gateway cannot be reached
set -euo pipefail

SECONDS_EACH=${1:-15}
CONNECTIONS=${2:-256}
LIKES=${3:-1000}
USERS=${USERS:-300}
URL=${SPILLWAY_URL:-http://127.0.0.1:8080}
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)

for number in "$SECONDS_EACH" "$CONNECTIONS" "$LIKES" "$USERS"; do
  [[ $number =~ ^[1-9][0-9]{0,4}$ ]] || { echo "not a number from 1 to 99999: $number" >&2; exit 2; }
done
case $URL in
  http://127.0.0.1:* | http://localhost:*) ;;
  *) echo "only this machine is loaded: $URL" >&2; exit 2 ;;
esac
for tool in wrk curl; do
  command -v "$tool" > /dev/null || { echo "needs $tool" >&2; exit 2; }
done

field() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }
token() { curl -sf "$URL/dev/token" -H 'Content-Type: application/json' -d "$1" | field token; }

AUTHOR=$(token '{"userId":"42"}') || { echo "no gateway with development tokens at $URL" >&2; exit 3; }
POST=$(curl -sf "$URL/v1/posts" -H "Authorization: Bearer $AUTHOR" -H 'Content-Type: application/json' \
  -d '{"content":"Liked by wrk"}' | field id)
export POST LIKES
INGEST=$(token '{"userId":"1","scopes":["ingest"]}')
TOKENS=$(mktemp)
trap 'rm -f "$TOKENS"' EXIT
for ((user = 1; user <= USERS; user++)); do
  printf "%s\n" "$(token "{\"userId\":\"$((5000000 + user))\"}")"
done > "$TOKENS"
export INGEST TOKENS

refused=0
run() {
  local name=$1 connections=$2 each=$3 script=$4 out
  out=$(ENDING=$name wrk -t1 -c"$connections" -d"${SECONDS_EACH}s" --latency -s "$HERE/$script" "$URL")
  awk -v name="$name" -v each="$each" '
    $1 == "50%" { p50 = $2 } $1 == "99%" { p99 = $2 }
    $1 == "Requests/sec:" { printf "%-10s %10.0f %12.0f %10s %10s\n", name, $2, $2 * each, p50, p99 }' <<< "$out"
  if grep -E 'Non-2xx|Socket errors' <<< "$out"; then refused=1; fi
}

echo "$SECONDS_EACH s each; the first runs warm up"
printf '%-10s %10s %12s %10s %10s\n' "" requests/s likes/s p50 p99
for round in 1 2 3; do
  run empty "$CONNECTIONS" 0 single.lua
  run like "$CONNECTIONS" 1 single.lua
  run likes 8 "$LIKES" bulk.lua
done
exit "$refused"
