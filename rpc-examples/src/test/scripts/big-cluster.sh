#!/usr/bin/env bash
# Copyright 2026 The RpcEnv authors
#
# Licensed under the Apache License, Version 2.0 (see LICENSE).
# SPDX-License-Identifier: Apache-2.0

# Registers many workers and applications with one master, and measures how long that takes, and how
# long the master then takes to say how the cluster is. Builds it first if it never was, with the
# tests' classes.
#
#   rpc-examples/src/test/scripts/big-cluster.sh [workers=200] [applications=2000]
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd -P)"
target="$root/rpc-examples/${RPCENV_BUILD_DIR:-target}"
if [[ ! -f $target/test-classes/io/rpcenv/examples/process/BigCluster.class ]]; then
  echo "Building RpcEnv ..." >&2
  (cd "$root" && mvn -q -B -DskipTests -P'!checks' "-DbuildDirectory=${RPCENV_BUILD_DIR:-target}" \
    -pl rpc-examples -am package) >&2
fi
work="$(mktemp -d "${TMPDIR:-/tmp}/big-cluster-XXXXXX")"
export RPCENV_LOG_DIR="$work" RPCENV_SKIP_BUILD=1
mkfifo "$work/life-line"
exec 9<>"$work/life-line"
"$root/bin/rpcenv" master --port 0 --address-file "$work/address" --web-port 0 --stop-on-eof \
  <"$work/life-line" 9>&- >"$work/master.out" 2>&1 &
master=$!
trap 'exec 9>&-; wait "$master" || true; rm -rf "$work"' EXIT
until grep -qs "listening at" "$work/master.out"; do
  kill -0 "$master" || { cat "$work/master.out"; exit 1; }
  sleep 0.1
done
page="$(sed -n 's/^Web page: \(.*\)#.*/\1/p' "$work/master.out")"
java -Xmx2g -Drpcenv.log.dir="$work" -Drpcenv.log.name=big \
  -cp "$target/test-classes:$target/classes:$(cat "$target/classpath.txt")" \
  io.rpcenv.examples.process.BigCluster "$(cat "$work/address")" "$page" "${1:-200}" "${2:-2000}" 2>"$work/big.err" ||
  { tail -n 5 "$work/big.err" >&2; exit 1; }
ps -o rss=,cputime= -p "$(pgrep -P "$master" || echo "$master")" |
  awk '{ printf "the master: %d MiB resident, %s of CPU\n", $1 / 1024, $2 }'
