#!/usr/bin/env bash
# Copyright 2026 The RpcEnv authors
#
# Licensed under the Apache License, Version 2.0 (see LICENSE).
# SPDX-License-Identifier: Apache-2.0

# Kills (-9) a worker that holds an unfinished partition, in the middle of a word count, and checks
# that the partition ran elsewhere and that every count is right.
#
#   rpc-examples/src/test/scripts/kill-worker.sh [runs=10] [megabytes=200]
#
# The file is made here: words, lines of more than 64 KiB, no newline at its end.
set -euo pipefail

runs="${1:-10}"
megabytes="${2:-200}"
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd -P)"
rpcenv="$root/bin/rpcenv"
work="$(mktemp -d "${TMPDIR:-/tmp}/kill-worker-XXXXXX")"
pids=()

fail() {
  printf 'FAILED: %s (see %s)\n' "$1" "$work" >&2
  keep=1
  exit 1
}

stop_cluster() {
  exec 9>&-
  local pid
  for pid in "${pids[@]+"${pids[@]}"}"; do
    for _ in {1..100}; do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null && echo "process $pid had to be killed" >&2
    wait "$pid" 2>/dev/null || true
  done
  pids=()
}
keep=
trap 'stop_cluster; [[ -n $keep ]] || rm -rf "$work"' EXIT

make_file() {
  # One block of 1 MiB and a bit, most lines short, some longer than 64 KiB; then copies of it.
  awk 'function word(n,  w) { w = ""; do { w = w substr("etaoinshrdlcumwfgypbvkjxqz", n % 26 + 1, 1);
         n = int(n / 26) } while (n > 0); return rand() < 0.1 ? toupper(w) : w }
       BEGIN { srand(7); size = 0
         while (size < 1048576) {
           words = rand() < 0.001 ? 20000 : int(rand() * 15); line = ""
           for (i = 0; i < words; i++) line = line word(int(rand() * rand() * 20000)) (rand() < 0.2 ? ", " : " ")
           size += length(line) + 1; print line } }' >"$work/block"
  local i
  for ((i = 0; i < megabytes; i++)); do cat "$work/block"; done >"$work/text"
  printf 'a last line Without newline' >>"$work/text"
  awk '{ if (length($0) > 65536) long++ } END { exit !(long > 0) }' "$work/block" ||
    fail "the generated file has no line of more than 64 KiB"
  LC_ALL=C tr -cs 'A-Za-z' '\n' <"$work/text" | tr A-Z a-z | grep . | LC_ALL=C sort | uniq -c \
    >"$work/expected"
}

start_cluster() { # run
  local run="$1" tries
  export RPCENV_LOG_DIR="$work/run-$run"
  mkdir -p "$RPCENV_LOG_DIR"
  mkfifo "$RPCENV_LOG_DIR/life-line"
  exec 9<>"$RPCENV_LOG_DIR/life-line"
  "$rpcenv" master --port 0 --address-file "$RPCENV_LOG_DIR/address" --web-port 0 --stop-on-eof \
    <"$RPCENV_LOG_DIR/life-line" 9>&- >"$RPCENV_LOG_DIR/master.out" 2>&1 &
  pids+=("$!")
  for ((tries = 0; tries < 300; tries++)); do
    [[ -s $RPCENV_LOG_DIR/address ]] && break
    sleep 0.1
  done
  master="$(cat "$RPCENV_LOG_DIR/address")" || fail "the master did not start"
  local name
  for name in worker-1 worker-2; do
    "$rpcenv" worker --name "$name" --cores 1 --master "$master" --stop-on-eof \
      <"$RPCENV_LOG_DIR/life-line" 9>&- >"$RPCENV_LOG_DIR/$name.out" 2>&1 &
    pids+=("$!")
    eval "${name//-/_}=$!"
  done
}

one_run() { # run, attempt
  start_cluster "$1"
  local logs="$RPCENV_LOG_DIR" line partition='' victim='' other=''
  mkfifo "$logs/progress"
  "$rpcenv" submit --master "$master" --min-workers 2 --stop-on-eof \
    wordcount "$work/text" --partitions 4 --output "$logs/counts" \
    <"$logs/life-line" 9>&- >"$logs/submit.out" 2>"$logs/progress" &
  local submit=$!
  pids+=("$submit")
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$logs/progress.log"
    if [[ -z $victim && $line =~ partition\ ([0-9]+)\ on\ worker-([12])\ is\ running ]]; then
      partition="${BASH_REMATCH[1]}"
      victim="worker-${BASH_REMATCH[2]}"
      other="worker-$((3 - BASH_REMATCH[2]))"
      sleep 0.1
      local pid="$worker_1"
      [[ $victim == worker-1 ]] || pid="$worker_2"
      disown "$pid" # so that bash does not report its end
      kill -KILL "$pid"
    fi
  done <"$logs/progress"
  wait "$submit" || fail "run $1: submit ended with $?"

  [[ -n $victim ]] || fail "run $1: nobody was killed"
  if grep -q "partition $partition on $victim is done" "$logs/progress.log"; then # says nothing
    (($2 < 5)) || fail "run $1: five times a partition was finished before its worker was killed"
    stop_cluster
    rm -rf "$logs"
    one_run "$1" "$(($2 + 1))"
    return
  fi
  grep -q "partition $partition on $victim is lost and will run again" "$logs/progress.log" ||
    fail "run $1: the loss of partition $partition was not noticed"
  grep -q "partition $partition on $other, attempt 2 is done" "$logs/progress.log" ||
    fail "run $1: partition $partition was not done by $other"
  cmp "$work/expected" "$logs/counts" || fail "run $1: wrong counts"
  stop_cluster
  echo "run $1 of $runs: $victim was killed, $other did partition $partition again, all counts right"
}

"$rpcenv" help >/dev/null
echo "Making a file of $megabytes MiB ..."
make_file
[[ -n ${RPCENV_SKIP_BUILD:-} ]] || "$rpcenv" hello-client --help >/dev/null # builds if need be
export RPCENV_SKIP_BUILD=1
for ((run = 1; run <= runs; run++)); do
  one_run "$run" 1
done
echo "All $runs runs are right."
