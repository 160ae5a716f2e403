// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

// The token, and what needs it: asks first, then posts.

import { announce, byId, openDialog, setHidden, setText } from './dom.js';

const KEY = 'rpcenv.token';
// What the master makes and takes, see MasterPage; nothing in it needs to be encoded.
const TOKEN = /^#token=([A-Za-z0-9._~-]{16,256})$/;

export function start() {
  takeTokenFromAddress();
  window.addEventListener('hashchange', takeTokenFromAddress);
  byId('token-button').addEventListener('click', openTokenDialog);
  byId('token-cancel').addEventListener('click', () => byId('token').close());
  byId('token-forget').addEventListener('click', () => keep('', byId('token')));
  byId('token-form').addEventListener('submit', (event) => {
    event.preventDefault();
    keep(byId('token-input').value.trim(), byId('token'));
  });
  byId('confirm-no').addEventListener('click', () => byId('confirm').close());
}

function takeTokenFromAddress() {
  const found = TOKEN.exec(location.hash);
  if (found) {
    store(found[1]);
    // Out of the address, so that it is neither seen nor bookmarked.
    history.replaceState(null, '', location.pathname);
  }
  showTokenState();
}

const token = () => sessionStorage.getItem(KEY) ?? '';

function store(text) {
  if (text) {
    sessionStorage.setItem(KEY, text);
  } else {
    sessionStorage.removeItem(KEY);
  }
  showTokenState();
}

function showTokenState() {
  setText(byId('token-state'), token() ? 'Token is set' : 'No token');
}

function openTokenDialog() {
  byId('token-input').value = token();
  setHidden(byId('token-forget'), !token());
  byId('token').showModal();
}

function keep(text, dialog) {
  store(text);
  dialog.close();
  announce(text ? 'The token is kept in this tab.' : 'The token is forgotten.');
}

/** Asks whether to do something, and does it: `title`, `text`, `button`, `path` to post to, `done` to say then. */
export function confirm({ title, text, button, path, done }) {
  const dialog = byId('confirm');
  const yes = byId('confirm-yes');
  const input = byId('confirm-token-input');
  setText(byId('confirm-title'), title);
  setText(byId('confirm-text'), text);
  setText(yes, button);
  fail('');
  input.value = '';
  setHidden(byId('confirm-token'), Boolean(token()));
  yes.disabled = false;
  byId('confirm-form').onsubmit = async (event) => {
    event.preventDefault();
    if (input.value.trim()) {
      store(input.value.trim());
    }
    if (!token()) {
      fail('Without the token nothing can be changed.');
      input.focus();
      return;
    }
    yes.disabled = true;
    try {
      const problem = await post(path);
      if (problem) {
        fail(problem);
      } else {
        dialog.close();
        announce(done);
      }
    } finally {
      yes.disabled = false;
    }
  };
  openDialog(dialog);
  (token() ? byId('confirm-no') : input).focus();
}

function fail(text) {
  setText(byId('confirm-error'), text);
}

/** Posts; returns what is wrong, or nothing. */
async function post(path) {
  let response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token()}` },
      body: '{}',
    });
  } catch {
    return 'The master cannot be reached.';
  }
  if (response.ok) {
    return '';
  }
  if (response.status === 401) {
    store('');
    setHidden(byId('confirm-token'), false);
    byId('confirm-token-input').focus();
    return 'The master does not accept this token.';
  }
  const answer = await response.json().catch(() => ({}));
  return `It was not done: ${answer.error ?? `status ${response.status}`}`;
}
