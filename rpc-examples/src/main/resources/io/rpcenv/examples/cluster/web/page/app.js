// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

// Where the page begins: gets what is new from /api/stream and has it shown, once per frame at most.

import * as actions from './actions.js';
import { announce, byId, setAttribute, setText } from './dom.js';
import * as logs from './logs.js';
import * as views from './views.js';

const AGAIN = 2000;
const STALE = 10000;

const now = { state: null, processes: [], events: [] };
const changed = new Set();
let heardAt = 0;
let lastEvent = null;

function show() {
  const work = new Set(changed);
  changed.clear();
  if (now.state && work.has('state')) {
    views.showMaster(now.state.master);
    views.showApplications(now.state);
    views.showWorkers(now.state);
    views.showExecutors(now.state);
    views.showDrivers(now.state);
  }
  if (now.state && (work.has('state') || work.has('processes'))) {
    views.showTiles(now.state, now.processes);
  }
  if (work.has('processes')) {
    views.showProcesses(now.processes);
  }
  if (work.has('events')) {
    views.showEvents(now.events);
  }
  if (now.state && !document.documentElement.dataset.ready) {
    document.documentElement.dataset.ready = 'true';
    performance.mark('ready');
  }
}

function change(topic) {
  if (changed.size === 0) {
    requestAnimationFrame(show);
  }
  changed.add(topic);
}

/** Shows how the connection is; says so aloud when that changes, but not that the page has begun well. */
function link(state, text) {
  const before = byId('link').dataset.state;
  if (state !== before && !(before === 'waiting' && state === 'live')) {
    announce(state === 'live' ? 'Connected to the master' : text);
  }
  setAttribute(byId('link'), 'data-state', state);
  setText(byId('link-text'), text);
}

const takeIn = {
  state(value) {
    now.state = value;
    change('state');
  },
  processes(value) {
    views.addSamples(value);
    now.processes = value;
    change('processes');
  },
  events(value) {
    tellWarnings(value);
    now.events = value;
    change('events');
  },
  time() {},
};

/** Says aloud what people should know at once; the rest is in the list. */
function tellWarnings(events) {
  const latest = events.at(-1)?.number ?? -1;
  if (lastEvent !== null && latest < lastEvent) {
    lastEvent = -1; // a master that was started again counts anew
  }
  const news = events.filter((event) => lastEvent !== null && event.number > lastEvent && event.severity === 'WARNING');
  lastEvent = latest;
  if (news.length) {
    const { subject, text } = news.at(-1);
    announce(news.length > 1 ? `${news.length} warnings, the last one: ${subject}: ${text}` : `${subject}: ${text}`);
  }
}

let stream = null;

/**
 * Begins to listen. First gets what was before, for the plots. A page that nobody sees does not listen: a browser has
 * only six connections to one server, for all its tabs together.
 */
async function connect() {
  disconnect();
  const mine = new AbortController();
  stream = { close: () => mine.abort() };
  await fetch('/api/processes', { signal: mine.signal })
    .then((response) => response.json()).then(views.addHistory).catch(() => {});
  if (mine.signal.aborted) {
    return;
  }
  const source = new EventSource('/api/stream');
  stream = source;
  source.addEventListener('open', () => {
    heardAt = Date.now();
    link('live', 'Live');
  });
  source.addEventListener('error', () => {
    link('lost', 'Connection lost, trying again');
    if (source.readyState === EventSource.CLOSED && source === stream) {
      setTimeout(() => source === stream && connect(), AGAIN);
    }
  });
  for (const [topic, take] of Object.entries(takeIn)) {
    source.addEventListener(topic, (event) => {
      heardAt = Date.now();
      link('live', 'Live');
      take(JSON.parse(event.data));
    });
  }
}

function disconnect() {
  stream?.close();
  stream = null;
  heardAt = 0;
}

actions.start();
logs.start();
byId('events-warnings').addEventListener('change', () => change('events'));
byId('applications-filter').addEventListener('input', () => now.state && change('state'));
setInterval(() => {
  if (heardAt && stream?.readyState === EventSource.OPEN && Date.now() - heardAt > STALE) {
    link('lost', 'The master is silent');
  } else if (now.state && now.state.applications.some((app) => app.endedAt === undefined)) {
    change('state'); // their running times go on
  }
}, 1000);
document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()));
window.addEventListener('pagehide', disconnect);
window.addEventListener('pageshow', (event) => event.persisted && connect());
connect();
