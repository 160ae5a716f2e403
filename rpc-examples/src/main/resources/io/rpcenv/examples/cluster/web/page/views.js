// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

// Shows the parts of the cluster, each in its section.

import { confirm } from './actions.js';
import { plot, SAMPLES } from './charts.js';
import {
  byId, bytes, cell, chip, clock, compact, duration, el, keyed, number, setAttribute, setHidden, setText, showState,
} from './dom.js';
import * as logs from './logs.js';

const PAGE = 50;
const DETAIL_PAUSE = 1000;
const TASKS = 200;
const APPLICATIONS_WITH_STAGES = 200; // in the stream; those of others are had with the tasks
const ended = (app) => app.endedAt !== undefined;

// --- overview

export function showMaster(master) {
  setText(byId('master-address'), master.address);
  const state = byId('master-state');
  showState(state, master.state);
  setHidden(state, false);
  setAttribute(document.documentElement, 'data-master', master.state);
  setHidden(byId('standby'), master.state !== 'STANDBY');
}

function tile(name) {
  const value = el('dd');
  const more = el('dd', { class: 'more-of-it' });
  return {
    element: el('div', {}, el('dt', { text: name }), value, more),
    show: (item) => {
      setText(value, item.value);
      setText(more, item.more);
    },
  };
}

export function showTiles(cluster, processes) {
  const alive = cluster.workers.filter((worker) => worker.state !== 'DEAD');
  const dead = cluster.workers.length - alive.length;
  const running = cluster.applications.filter((app) => !ended(app));
  const stages = running.flatMap((app) => app.stages);
  const sum = (list, of) => list.reduce((total, item) => total + of(item), 0);
  const cores = sum(alive, (worker) => worker.cores);
  const used = sum(alive, (worker) => worker.coresUsed ?? 0);
  const known = alive.some((worker) => worker.coresUsed !== undefined);
  const live = processes.filter((process) => process.state === 'LIVE');
  keyed(byId('tiles'), [
    { name: 'Workers', value: number(alive.length), more: dead ? `${number(dead)} gone lately` : 'all there' },
    { name: 'Cores', value: number(cores), more: known ? `${number(used)} in use` : 'on living workers' },
    { name: 'Applications', value: number(running.length), more: `${number(cluster.applications.length - running.length)} ended lately` },
    {
      name: 'Tasks running',
      value: number(sum(stages, (stage) => stage.running)),
      more: running.length > APPLICATIONS_WITH_STAGES
        ? `of the first ${APPLICATIONS_WITH_STAGES} applications`
        : `${number(sum(stages, (stage) => stage.done))} of ${number(sum(stages, (stage) => stage.tasks))} done`,
    },
    { name: 'Messages per second', value: compact(sum(live, (process) => process.rate)), more: `${number(sum(live, (process) => process.depth))} waiting` },
  ], (item) => item.name, (item) => tile(item.name));
}

// --- long lists

/** Shows the first ones, and a button for more below. */
function showSome(name, parent, items, key, create) {
  const button = byId(`${name}-more`);
  const limit = (button.limit ??= PAGE);
  button.onclick = () => {
    button.limit += PAGE * 4;
    showSome(name, parent, items, key, create);
  };
  setHidden(button, items.length <= limit);
  setText(button, `Show more: ${number(Math.max(0, items.length - limit))} are hidden`);
  keyed(parent, items.slice(0, limit), key, create);
}

function table(name, items, key, create) {
  const rows = byId(`${name}-rows`);
  setHidden(byId(`${name}-empty`), items.length > 0);
  setHidden(rows.parentElement, items.length === 0);
  showSome(name, rows, items, key, create);
}

// --- applications

export function showApplications(cluster) {
  const running = cluster.applications.filter((app) => !ended(app));
  const over = cluster.applications.filter(ended).reverse();
  setHidden(byId('applications-empty'), running.length > 0);
  const filter = byId('applications-filter');
  setHidden(filter.parentElement, running.length <= PAGE && !filter.value);
  const words = filter.value.toLowerCase();
  const wanted = running.filter((app) => `${app.id} ${app.name} ${app.state}`.toLowerCase().includes(words));
  const of = words ? `${number(wanted.length)} of ` : '';
  setText(byId('applications-count'), running.length ? `${of}${number(running.length)} running` : '');
  showSome('applications', byId('applications-running'), wanted, (app) => app.id, applicationCard);
  setHidden(byId('applications-ended-box'), over.length === 0);
  setText(byId('applications-ended-count'), number(over.length));
  keyed(byId('applications-ended'), over, (app) => app.id, applicationCard);
}

function applicationCard(app) {
  const title = el('h3');
  const state = chip();
  const facts = el('p', { class: 'facts' });
  const message = el('p', { class: 'error' });
  const stages = el('div', { class: 'stages' });
  const kill = el('button', {
    type: 'button',
    class: 'danger',
    text: 'Kill',
    on: { click: () => askToKill(app.id, title.textContent) },
  });
  const tasks = taskDetails(app.id, stages);
  const element = el('article', { class: 'card', 'data-app': app.id },
    el('div', { class: 'head' }, title, state, kill), facts, message, stages, tasks.element);
  return {
    element,
    show(now) {
      setText(title, now.name || now.id);
      showState(state, now.state);
      const time = (now.endedAt ?? Date.now()) - now.startedAt;
      const executors = ended(now) ? '' : `, ${now.executors} executor${now.executors === 1 ? '' : 's'}`;
      setText(facts, `${now.id}, ${duration(time)}${executors}`);
      setText(message, now.message);
      setHidden(message, !now.message);
      setHidden(kill, ended(now));
      setAttribute(kill, 'aria-label', `Kill application ${now.name} (${now.id})`);
      if (!tasks.element.open) {
        showStages(stages, now.stages);
      }
      setHidden(tasks.element, now.stages.length === 0 && now.state !== 'RUNNING');
    },
  };
}

function askToKill(id, name) {
  confirm({
    title: 'Kill this application?',
    text: `${name} (${id}) and its executors end at once. What was done so far is lost.`,
    button: 'Kill it',
    path: `/api/applications/${encodeURIComponent(id)}/kill`,
    done: `Application ${name} is being killed.`,
  });
}

function showStages(parent, stages) {
  keyed(parent, stages, (stage) => stage.stageId, stageBar);
}

function stageBar(stage) {
  const done = el('span', { class: 'done' });
  const running = el('span', { class: 'running' });
  const bar = el('div', { class: 'bar', role: 'progressbar', 'aria-valuemin': 0 }, done, running);
  const name = el('span', { class: 'stage-name' });
  const figures = el('span', { class: 'figures' });
  const element = el('div', { class: 'stage', 'data-stage': stage.stageId },
    el('div', { class: 'stage-head' }, name, figures), bar);
  return {
    element,
    show(now) {
      const share = (count) => `${now.tasks ? (100 * count) / now.tasks : 0}%`;
      done.style.width = share(now.done);
      running.style.width = share(now.running);
      setAttribute(element, 'data-state', now.state);
      setText(name, now.name || `stage ${now.stageId}`);
      const parts = [`${number(now.done)} of ${number(now.tasks)} tasks`];
      if (now.running) {
        parts.push(`${number(now.running)} running`);
      }
      if (now.failed) {
        parts.push(`${number(now.failed)} failed or lost`);
      }
      if (now.state === 'FAILED') {
        parts.push('given up');
      }
      setText(figures, parts.join(', '));
      setAttribute(bar, 'aria-label', `Stage ${now.name}`);
      setAttribute(bar, 'aria-valuemax', now.tasks);
      setAttribute(bar, 'aria-valuenow', now.done);
      setAttribute(bar, 'aria-valuetext', parts.join(', '));
    },
  };
}

/** The tasks of an application, and all its stages, which are fetched while they are shown. */
function taskDetails(appId, stages) {
  const body = el('tbody', { role: 'rowgroup' });
  const heads = ['Stage', 'Partition', 'Attempt', 'Worker', 'State', 'Time', 'Error']
    .map((text) => el('th', { role: 'columnheader', scope: 'col', text }));
  const list = el('table', { role: 'table' },
    el('caption', { class: 'hidden', text: `Tasks of ${appId}` }),
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...heads)), body);
  const element = el('details', { class: 'tasks' }, el('summary', { text: 'Tasks' }), list);
  let timer = 0;
  let turn = 0;
  async function read() {
    clearTimeout(timer);
    const mine = ++turn;
    let isOver = false;
    const detail = await fetch(`/api/applications/${encodeURIComponent(appId)}`).then((response) => {
      isOver = response.status === 404;
      return response.ok ? response.json() : null;
    }).catch(() => null);
    if (mine !== turn) {
      return;
    }
    if (detail) {
      isOver = ended(detail.application);
      showStages(stages, detail.application.stages);
      const tasks = detail.stages.flatMap(({ stage, tasks: all }) => all.map((task) => ({ stage: stage.stageId, ...task })));
      keyed(body, tasks.reverse().slice(0, TASKS), (task) => `${task.stage}.${task.partition}.${task.attempt}`, taskRow);
    }
    if (element.open && element.isConnected && !isOver) {
      timer = setTimeout(read, DETAIL_PAUSE);
    }
  }
  element.addEventListener('toggle', () => element.open && read());
  return { element };
}

function taskRow(task) {
  const state = chip();
  const time = cell('Time', { class: 'number' });
  const error = cell('Error');
  const element = el('tr', { role: 'row' },
    cell('Stage', { text: task.stage }), cell('Partition', { text: task.partition }),
    cell('Attempt', { text: task.attempt + 1 }), cell('Worker', { text: task.workerId }),
    cell('State', {}, state), time, error);
  return {
    element,
    show(now) {
      showState(state, now.state);
      setText(time, now.millis ? duration(now.millis) : '');
      setText(error, now.error);
    },
  };
}

// --- workers, executors, drivers

export function showWorkers(cluster) {
  const alive = cluster.workers.filter((worker) => worker.state !== 'DEAD').length;
  setText(byId('workers-count'), cluster.workers.length ? `${number(alive)} alive` : '');
  table('workers', cluster.workers, (worker) => worker.id, workerRow);
}

function workerRow(worker) {
  const state = chip();
  const address = cell('Address', { class: 'mono' });
  const cores = cell('Cores', { class: 'number' });
  const memory = cell('Memory', { class: 'number' });
  const executors = cell('Executors', { class: 'number' });
  const decommission = el('button', {
    type: 'button',
    class: 'danger',
    text: 'Decommission',
    'aria-label': `Decommission worker ${worker.id}`,
    on: {
      click: () => confirm({
        title: 'Decommission this worker?',
        text: `${worker.id} gets nothing more to do, and ends when what runs there has come to its end.`,
        button: 'Decommission it',
        path: `/api/workers/${encodeURIComponent(worker.id)}/decommission`,
        done: `Worker ${worker.id} gets nothing more to do.`,
      }),
    },
  });
  const element = el('tr', { role: 'row', 'data-worker': worker.id },
    el('th', { role: 'rowheader', scope: 'row', text: worker.id }), cell('State', {}, state), address, cores, memory,
    executors, cell('', { class: 'actions' }, decommission));
  return {
    element,
    show(now) {
      showState(state, now.state);
      setAttribute(element, 'data-state', now.state);
      setText(address, now.address);
      setText(cores, now.coresUsed === undefined ? now.cores : `${now.coresUsed} of ${now.cores}`);
      const used = now.memoryUsed === undefined ? '' : `${bytes(now.memoryUsed)} of `;
      setText(memory, now.memory === undefined ? '–' : used + bytes(now.memory));
      setText(executors, now.executors);
      setHidden(decommission, now.state !== 'ALIVE');
    },
  };
}

export function showExecutors(cluster) {
  const names = new Map(cluster.applications.map((app) => [app.id, app.name]));
  setText(byId('executors-count'), cluster.executors.length ? number(cluster.executors.length) : '');
  table('executors', cluster.executors, (executor) => executor.id, (executor) => {
    const state = chip();
    const app = cell('Application');
    const element = el('tr', { role: 'row', 'data-executor': executor.id },
      el('th', { role: 'rowheader', scope: 'row', class: 'mono', text: executor.id }), app,
      cell('Worker', { text: executor.workerId }), cell('State', {}, state));
    return {
      element,
      show(now) {
        showState(state, now.state);
        setText(app, names.get(now.appId) || now.appId);
      },
    };
  });
}

export function showDrivers(cluster) {
  setText(byId('drivers-count'), cluster.drivers.length ? number(cluster.drivers.length) : '');
  table('drivers', cluster.drivers, (driver) => driver.id, (driver) => {
    const state = chip();
    const message = el('p');
    const worker = cell('Worker');
    const kill = el('button', {
      type: 'button',
      class: 'danger',
      text: 'Kill',
      'aria-label': `Kill driver ${driver.id}`,
      on: {
        click: () => confirm({
          title: 'Kill this driver?',
          text: `${driver.mainClass} (${driver.id}) ends at once, and its application with it.`,
          button: 'Kill it',
          path: `/api/drivers/${encodeURIComponent(driver.id)}/kill`,
          done: `Driver ${driver.id} is being killed.`,
        }),
      },
    });
    const element = el('tr', { role: 'row', 'data-driver': driver.id },
      el('th', { role: 'rowheader', scope: 'row', class: 'mono', text: driver.id }), cell('Class', { text: driver.mainClass }),
      cell('State', {}, el('div', {}, state, message)), worker, cell('', { class: 'actions' }, kill));
    return {
      element,
      show(now) {
        showState(state, now.state);
        setText(message, now.message);
        setHidden(message, !now.message);
        setAttribute(message, 'class', ['FAILED', 'ERROR'].includes(now.state) ? 'error' : 'facts');
        setText(worker, now.workerId ?? '–');
        setHidden(kill, ['FINISHED', 'KILLED', 'FAILED', 'ERROR'].includes(now.state));
      },
    };
  });
}

// --- processes

const histories = new Map();

/** Takes in what was before this page was opened. */
export function addHistory(processes) {
  for (const process of processes) {
    histories.set(process.id, { samples: process.samples, values: process.history.slice() });
  }
}

export function addSamples(processes) {
  const there = new Set();
  for (const process of processes) {
    there.add(process.id);
    const history = histories.get(process.id) ?? { samples: 0, values: [] };
    histories.set(process.id, history);
    if (process.samples > history.samples) {
      history.samples = process.samples;
      history.values.push({ rate: process.rate, depth: process.depth });
      history.values.splice(0, history.values.length - SAMPLES);
    }
  }
  for (const id of histories.keys()) {
    if (!there.has(id)) {
      histories.delete(id);
    }
  }
}

const ROLES = ['master', 'driver', 'worker', 'executor'];
const rank = (process) => ROLES.indexOf(process.role) + (process.state === 'LIVE' ? 0 : 100);

export function showProcesses(processes) {
  const live = processes.filter((process) => process.state === 'LIVE').length;
  setText(byId('processes-count'), processes.length ? `${number(live)} live` : '');
  setHidden(byId('processes-empty'), processes.length > 0);
  const sorted = processes.slice().sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  showSome('processes', byId('processes-cards'), sorted, (process) => process.id, processCard);
}

function processCard(process) {
  const state = chip();
  const facts = el('p', { class: 'facts' });
  const rate = plot('Messages per second', '/s', 'rate');
  const depth = plot('Waiting in inboxes', '', 'depth');
  const body = el('tbody', { role: 'rowgroup' });
  const heads = ['Endpoint', 'Per second', 'Waiting', 'Handled', 'Failed', 'Refused']
    .map((text, index) => el('th', { role: 'columnheader', scope: 'col', class: index ? 'number' : undefined, text }));
  const read = el('button', {
    type: 'button', text: 'Logs', 'aria-label': `Logs of ${process.name}`, on: { click: () => logs.open(element.process) },
  });
  const metrics = el('dl', { class: 'metrics' });
  const plugins = el('details', { class: 'plugins' }, el('summary', { text: 'Plugin metrics' }), metrics);
  const element = el('article', { class: 'card', 'data-process': process.name },
    el('div', { class: 'head' }, el('h3', { text: process.name }), state, read), facts,
    el('div', { class: 'plots' }, rate.element, depth.element),
    el('details', {}, el('summary', { text: 'Endpoints' }),
      el('table', { role: 'table' }, el('caption', { class: 'hidden', text: `Endpoints of ${process.name}` }),
        el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...heads)), body)), plugins);
  return {
    element,
    show(now) {
      element.process = now;
      showState(state, now.state);
      setAttribute(element, 'data-state', now.state);
      setText(facts, `${now.role}, process ${now.pid}, heap ${bytes(now.heapUsed)} of ${bytes(now.heapMax)}`
        + `${now.queuedBytes && now.state === 'LIVE' ? `, ${bytes(now.queuedBytes)} waiting for sockets` : ''}`
        + `${now.dropped ? `, ${number(now.dropped)} messages lost` : ''}`);
      setHidden(read, now.logs.length === 0 || now.state !== 'LIVE');
      const values = histories.get(now.id)?.values ?? [];
      rate.show(values.map((sample) => sample.rate));
      depth.show(values.map((sample) => sample.depth));
      keyed(body, now.endpoints, (endpoint) => endpoint.name, endpointRow);
      const figures = Object.entries(now.pluginMetrics);
      setHidden(plugins, figures.length === 0);
      keyed(metrics, figures, ([name]) => name, metricRow);
    },
  };
}

function metricRow([name]) {
  const value = el('dd');
  return {
    element: el('div', {}, el('dt', { text: name }), value),
    show: ([, figure]) => setText(value, Number.isInteger(figure) ? number(figure) : figure),
  };
}

function endpointRow(endpoint) {
  const cells = ['Per second', 'Waiting', 'Handled', 'Failed', 'Refused'].map((label) => cell(label, { class: 'number' }));
  return {
    element: el('tr', { role: 'row' },
      el('th', { role: 'rowheader', scope: 'row', text: endpoint.name }), ...cells),
    show(now) {
      [compact(now.rate), now.depth, now.handled, now.failed, now.dropped]
        .forEach((value, index) => setText(cells[index], typeof value === 'number' ? number(value) : value));
    },
  };
}

// --- events

export function showEvents(events) {
  const onlyWarnings = byId('events-warnings').checked;
  const shown = events.filter((event) => !onlyWarnings || event.severity === 'WARNING').reverse();
  setHidden(byId('events-empty'), shown.length > 0);
  setHidden(byId('events-list'), shown.length === 0);
  // With the time: a master that was started again counts from 0.
  keyed(byId('events-list'), shown, (event) => `${event.time}.${event.number}`, (event) => ({
    element: el('li', { 'data-severity': event.severity },
      el('time', { datetime: new Date(event.time).toISOString(), text: clock(event.time) }),
      el('p', {},
        el('span', { class: 'hidden', text: event.severity === 'WARNING' ? 'Warning: ' : '' }),
        el('strong', { text: event.subject }), ' ', el('span', { text: event.text }))),
    show() {},
  }));
}
