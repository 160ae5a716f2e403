#!/usr/bin/env bash
# Copyright 2026 The RpcEnv authors
#
# Licensed under the Apache License, Version 2.0 (see LICENSE).
# SPDX-License-Identifier: Apache-2.0

# Kills (-9) a worker, an executor, the driver, a driver on a worker, or the leading master, at a
# random moment of a word count, on a cluster with two masters, and checks that
#   - the counts are right, and nothing failed, unless it was the driver that was killed,
#   - nothing takes longer than two minutes,
#   - another master works within five seconds of the end of the session of the one that was killed,
#   - no process and no temporary file is left afterwards; those of children of a worker that was
#     killed are there until a worker of that name is started again.
#
#   rpc-examples/src/test/scripts/kill-anything.sh [runs=50] [seed=1]
set -euo pipefail

runs="${1:-50}"
seed="${2:-1}"
megabytes=24 # about
limit=120
session=2000 # ms
takeover=5000 # ms
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd -P)"
rpcenv="$root/bin/rpcenv"
work="$(mktemp -d "${TMPDIR:-/tmp}/kill-anything-XXXXXX")"
mark="-Drpcenv.test.mark=$(basename "$work")"
victims=(worker executor driver supervised-driver master)
pids=()
RANDOM=$seed

fail() {
  printf 'FAILED: %s (see %s; seed %s)\n' "$1" "$work" "$seed" >&2
  keep=1
  exit 1
}

# All that was started, and all that those started: executors and drivers have the option, too.
alive() {
  pgrep -f -- "$mark" || true
}

stop_cluster() {
  exec 9>&-
  local tries
  for ((tries = 0; tries < 150; tries++)); do
    [[ -z $(alive) ]] && break
    sleep 0.1
  done
  local left
  left="$(alive)"
  [[ -z $left ]] || { ps -o pid,args -p "${left//$'\n'/,}" | cut -c1-400 >&2; pkill -KILL -f -- "$mark"; }
  wait "${pids[@]+"${pids[@]}"}" 2>/dev/null || true
  pids=()
  [[ -z $left ]]
}
keep=
trap 'stop_cluster || true; [[ -n $keep ]] || rm -rf "$work"' EXIT

start() { # name, arguments of bin/rpcenv
  local name="$1"
  shift
  "$rpcenv" "$@" --stop-on-eof <"$logs/life-line" 9>&- >"$logs/$name.out" 2>&1 &
  pids+=("$!")
  disown "$!" # so that bash does not report the end of those that are killed
  eval "${name//-/_}=$!"
}

await() { # file, text
  local tries
  for ((tries = 0; tries < 600; tries++)); do
    grep -qsF -- "$2" "$1" && return
    sleep 0.1
  done
  fail "no [$2] in $1"
}

start_cluster() {
  mkdir -p "$logs/tmp"
  mkfifo "$logs/life-line"
  exec 9<>"$logs/life-line"
  start zookeeper zookeeper --port 0 --address-file "$logs/zookeeper.address"
  await "$logs/zookeeper.out" "listening at"
  local ha
  ha="zk://$(cat "$logs/zookeeper.address")/rpcenv"
  start master_1 master --port 0 --address-file "$logs/master_1.address" --web-port 0 --ha "$ha" --ha-timeout "${session}ms"
  await "$logs/master.log" "This master leads"
  start master_2 master --port 0 --address-file "$logs/master_2.address" --web-port 0 --ha "$ha" --ha-timeout "${session}ms"
  await "$logs/master_2.out" "listening at"
  masters="$(cat "$logs/master_1.address"),$(cat "$logs/master_2.address")"
  local name
  for name in worker-1 worker-2; do
    start_worker "$name"
    await "$logs/$name.log" "is registered with the master"
  done
}

start_worker() { # name
  start "$1" worker --name "$1" --cores 2 --memory 4g --master "$masters"
  await "$logs/$1.out" "is listening at"
}

# Prints what is left of the temporary files of executors and drivers on workers.
temporary() {
  find "$logs/work" -type d -name 'tmp-*' -prune
}

# Waits until there is nothing of that, for a worker deletes it when the process has ended.
await_no_temporary() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    [[ -z $(temporary) ]] && return
    sleep 0.1
  done
  return 1
}

# Prints a process that is a child JVM of a worker and has a text in its command line.
child() { # text
  local pid parent found=()
  for pid in $(pgrep -f -- "$mark.*$1"); do
    parent="$(ps -o ppid= -p "$pid" | tr -d ' ')"
    [[ $parent == "$worker_1" || $parent == "$worker_2" ]] && found+=("$pid")
  done
  ((${#found[@]} == 0)) || echo "${found[$((RANDOM % ${#found[@]}))]}"
}

victim_pid() { # victim, driver
  case "$1" in
    worker) ((RANDOM % 2)) && echo "$worker_1" || echo "$worker_2" ;;
    executor) child ExecutorMain ;;
    driver) echo "$2" ;;
    supervised-driver) child DriverWrapper ;;
    master) echo "$master_1" ;;
  esac
}

# Waits until the second master works; prints how long after a moment that was, in ms: epoch's ms.
taken_over_after() {
  local tries
  for ((tries = 0; tries < 200; tries++)); do
    (($(grep -c "Recovery is complete" "$logs/master.log") > 1)) && break
    sleep 0.1
  done
  local at
  at="$(grep "Recovery is complete" "$logs/master.log" | tail -n 1 | cut -c 1-12)"
  echo "$(($(date -d "$at" +%s%3N) - $1))"
}

one_run() { # run
  local run="$1" victim="${victims[$(($1 % ${#victims[@]}))]}" mode=()
  logs="$work/run-$run"
  mkdir "$logs"
  export RPCENV_LOG_DIR="$logs" RPCENV_JAVA_OPTS="$mark -Djava.io.tmpdir=$logs/tmp"
  start_cluster
  [[ $victim == supervised-driver ]] && mode=(--deploy-mode cluster --supervise --follow)
  timeout "$limit" "$rpcenv" submit --master "$masters" "${mode[@]+"${mode[@]}"}" \
    wordcount "$work/text" --partitions 8 --output "$logs/counts" \
    <"$logs/life-line" 9>&- >"$logs/submit.out" 2>&1 &
  local submit=$! driver
  local millis=$((RANDOM % 8000)) pid='' tries code=0
  sleep "$((millis / 1000)).$(printf %03d $((millis % 1000)))"
  driver="$(pgrep -P "$submit" || true)"
  for ((tries = 0; tries < 50; tries++)); do
    pid="$(victim_pid "$victim" "$driver")"
    [[ -n $pid ]] && break
    kill -0 "$submit" 2>/dev/null || break
    sleep 0.1
  done
  local what="$victim at $millis ms" killed_worker=
  if [[ -n $pid ]] && kill -KILL "$pid" 2>/dev/null; then
    local killed_at
    killed_at="$(date +%s%3N)"
    what+=" was killed"
    [[ $pid == "$worker_1" ]] && killed_worker=worker-1
    [[ $pid == "$worker_2" ]] && killed_worker=worker-2
    if [[ $victim == master ]]; then
      local after
      after="$(taken_over_after "$killed_at")"
      what+=", the other one worked after $after ms"
      ((after > 0 && after <= session + takeover)) || fail "run $run: $what"
    fi
  else
    what+=" had ended by then"
  fi
  wait "$submit" 2>/dev/null || code=$?
  ((code != 124)) || fail "run $run: $what, and submit took more than $limit s"
  if ((code == 0)); then
    cmp "$work/expected" "$logs/counts" || fail "run $run: $what, and the counts are wrong"
    what+=", all counts right"
  elif [[ $victim == driver ]]; then
    [[ ! -e $logs/counts ]] || cmp "$work/expected" "$logs/counts" ||
      fail "run $run: $what, and there are wrong counts"
    what+=", nothing came of it"
  else
    tail -n 5 "$logs/submit.out" >&2
    fail "run $run: $what, and submit ended with $code"
  fi
  [[ -z $killed_worker ]] || start_worker "$killed_worker"
  await_no_temporary || fail "run $run: $what, and files were left: $(temporary)"
  stop_cluster || fail "run $run: $what, and processes were left"
  local left
  left="$(find "$logs/tmp" -mindepth 1 -maxdepth 1 -name 'rpcenv-*')"
  [[ -z $left || $victim == driver ]] || fail "run $run: $what, and files were left: $left"
  echo "run $run of $runs: $what"
  rm -rf "$logs"
}

[[ -n ${RPCENV_SKIP_BUILD:-} ]] || "$rpcenv" hello-client --help >/dev/null # builds if need be
export RPCENV_SKIP_BUILD=1
line="$(seq 1 20000 | tr '0-9\n' 'a-j ' | fold -s -w 60)"
for ((i = 0; i < megabytes * 8; i++)); do echo "$line"; done >"$work/text"
LC_ALL=C tr -cs 'A-Za-z' '\n' <"$work/text" | tr A-Z a-z | grep . | LC_ALL=C sort | uniq -c >"$work/expected"
for ((run = 1; run <= runs; run++)); do
  one_run "$run"
done
echo "All $runs runs are right."
