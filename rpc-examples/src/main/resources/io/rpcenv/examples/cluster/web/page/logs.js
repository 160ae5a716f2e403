// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

// The end of a process's log file, read again every two seconds while it is shown.

import { byId, bytes, el, openDialog, setText } from './dom.js';

const PAUSE = 2000;

let process = null;
let timer = 0;
let turn = 0;

export function start() {
  byId('logs-close').addEventListener('click', () => byId('logs').close());
  byId('logs').addEventListener('close', () => clearTimeout(timer));
  byId('logs-refresh').addEventListener('click', read);
  byId('logs-file').addEventListener('change', read);
}

export function open(shown) {
  process = shown;
  setText(byId('logs-title'), `Logs of ${shown.name}`);
  byId('logs-file').replaceChildren(...shown.logs.map((name) => el('option', { value: name, text: name })));
  setText(byId('logs-text'), '');
  setText(byId('logs-size'), '');
  openDialog(byId('logs'));
  read();
}

async function read() {
  clearTimeout(timer);
  const mine = ++turn;
  const file = byId('logs-file').value;
  const path = `/api/processes/${encodeURIComponent(process.id)}/logs/${encodeURIComponent(file)}`;
  const answer = await fetch(path).then((response) => response.json()).catch(() => ({ error: 'The master cannot be reached.' }));
  if (mine !== turn || !byId('logs').open) {
    return;
  }
  show(answer);
  timer = setTimeout(read, PAUSE);
}

function show(answer) {
  const text = byId('logs-text');
  if (answer.error) {
    setText(byId('logs-size'), answer.error);
    return;
  }
  setText(byId('logs-size'), answer.from > 0
    ? `${bytes(answer.size)}, of which the last ${bytes(answer.size - answer.from)} are shown`
    : bytes(answer.size));
  setText(text, answer.text || '(empty)');
  if (byId('logs-follow').checked) {
    text.scrollTop = text.scrollHeight;
  }
}
