# lifeline LOG SIGNAL GRACE_SECONDS COMMAND...
# Runs COMMAND in a process group of its own and prints its pid. Ends it when standard input closes, which the kernel does
# for us however the supervisor ends: SIGNAL first, SIGKILL to the whole group after GRACE_SECONDS. Exits as COMMAND does.
log=$1 signal=$2 grace=$3
shift 3
exec 3<&0 </dev/null 2>/dev/null
trap : INT HUP QUIT TERM # a terminal's Ctrl-C is for the supervisor; commands start with the default again
set -m                   # each background job gets its own process group
"$@" >>"$log" 2>&1 3<&- &
child=$!
{
  exec >/dev/null
  while read -r _ <&3; do :; done
  kill -s "$signal" "$child"
  tenths=$((grace * 10))
  while kill -0 "$child" && [ "$tenths" -gt 0 ]; do
    sleep 0.1
    tenths=$((tenths - 1))
  done
  kill -s KILL -- "-$child"
} &
watcher=$!
exec 3<&-
echo "$child"
exec >/dev/null
while :; do
  wait "$child"
  status=$?
  kill -0 "$child" || break
  sleep 0.2 # a stopped child (SIGSTOP) ends each wait at once
done
kill -s KILL -- "-$watcher"
exit "$status"
