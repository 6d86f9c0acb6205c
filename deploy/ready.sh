#!/usr/bin/env bash
#
# ready.sh PORT: succeeds when the service with that (management) port on loopback says it is ready. The image has no
# HTTP client, and starting a JVM for each check would cost more than the check.

set -euo pipefail

exec 3<>"/dev/tcp/127.0.0.1/$1"
printf 'GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r _ status _ <&3
[[ $status = 200 ]]
