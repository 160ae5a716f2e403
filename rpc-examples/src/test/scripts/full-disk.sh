#!/usr/bin/env bash
# Copyright 2026 The RpcEnv authors
#
# Licensed under the Apache License, Version 2.0 (see LICENSE).
# SPDX-License-Identifier: Apache-2.0

# Gives one of two workers a disk of a few MiB (a tmpfs, so it needs root), counts words whose shuffle
# does not fit there, and checks that the counts are right all the same; then does it with that worker
# alone, and checks that the job fails and says why.
#
#   sudo rpc-examples/src/test/scripts/full-disk.sh
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd -P)"
rpcenv="$root/bin/rpcenv"
work="$(mktemp -d "${TMPDIR:-/tmp}/full-disk-XXXXXX")"
export RPCENV_LOG_DIR="$work/logs"
mkdir "$work/logs" "$work/disk"
started=
trap 'exec 9>&-; wait $started || true; umount "$work/disk"; rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $1" >&2
  exit 1
}

start() { # name, what it says when it is ready, arguments
  local name="$1" ready="$2" tries
  shift 2
  "$rpcenv" "$@" --stop-on-eof <"$work/life-line" 9>&- >"$work/$name.out" 2>&1 &
  started+=" $!"
  eval "${name//-/_}=$!"
  for ((tries = 0; tries < 300; tries++)); do
    grep -qsF "$ready" "$work/$name.out" "$work/logs/$name.log" && return
    sleep 0.1
  done
  cat "$work/$name.out"
  fail "$name did not start"
}

count() {
  "$rpcenv" submit --master "$(cat "$work/address")" "$@" wordcount "$work/text" --partitions 8 --top 0 \
    --output "$work/counts" >"$work/submit.out" 2>&1
}

[[ -n ${RPCENV_SKIP_BUILD:-} ]] || "$rpcenv" hello-client --help >/dev/null # builds if need be
export RPCENV_SKIP_BUILD=1
mount -t tmpfs -o size=3m tmpfs "$work/disk" || fail "no tmpfs: this needs root"
seq 1000000 1500000 | tr '0-9' 'a-j' >"$work/text" # so many different words
LC_ALL=C sort "$work/text" | uniq -c >"$work/expected"
mkfifo "$work/life-line"
exec 9<>"$work/life-line"
start master "listening at" master --port 0 --address-file "$work/address" --web-port 0
start worker-1 "is registered" worker --name worker-1 --cores 1 --work-dir "$work/disk" --master "$(cat "$work/address")"
start worker-2 "is registered" worker --name worker-2 --cores 1 --work-dir "$work/large" --master "$(cat "$work/address")"

count --min-workers 2 || { tail -n 5 "$work/submit.out"; fail "the job with two workers failed"; }
cmp "$work/expected" "$work/counts" || fail "the counts are wrong"
grep -m 1 "No space left" "$work/submit.out" || fail "the disk was not full"
echo "Two workers, the disk of one is full: all counts are right."

"$rpcenv" kill --master "$(cat "$work/address")" worker-2
wait "$worker_2" || true
code=0
count || code=$?
((code == 1)) || { tail -n 5 "$work/submit.out"; fail "exit code $code (expected: 1)"; }
grep "^error: .*No space left" "$work/submit.out" || fail "it does not say why"
echo "That worker alone: the job fails and says why."
