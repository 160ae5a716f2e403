// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

// Everything that is shown goes through here, as text: nothing of it is ever read as HTML.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = (id) => document.getElementById(id);

/** Makes an element: attributes by name, `on` for listeners, `text` for its text, then children. */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, { on, text, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== undefined && value !== null) {
      element.setAttribute(name, value);
    }
  }
  for (const [type, listener] of Object.entries(on ?? {})) {
    element.addEventListener(type, listener);
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  element.append(...children);
  return element;
}

/** Sets a text, if it is another one: what has not changed is left alone. */
export function setText(element, text) {
  const string = String(text);
  if (element.textContent !== string) {
    element.textContent = string;
  }
}

export function setAttribute(element, name, value) {
  const string = String(value);
  if (element.getAttribute(name) !== string) {
    element.setAttribute(name, string);
  }
}

export function setHidden(element, hidden) {
  if (element.hidden !== hidden) {
    if (hidden) {
      saveFocus(element);
    }
    element.hidden = hidden;
  }
}

/** Before an element goes: if the focus is in it, the heading of its section gets it, so that Tab goes on from there. */
function saveFocus(element) {
  if (element.contains(document.activeElement)) {
    focusHeading(element.closest('section'));
  }
}

function focusHeading(section) {
  const heading = section?.querySelector('h2');
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

/** Opens a dialog. If the button that did so has gone when it closes, its section's heading gets the focus. */
export function openDialog(dialog) {
  const section = document.activeElement?.closest('section');
  dialog.onclose = () => {
    // A browser may leave it for a moment where it was in the dialog, which nobody sees any more.
    if (document.activeElement === document.body || dialog.contains(document.activeElement)) {
      focusHeading(section);
    }
  };
  dialog.showModal();
}

/**
 * Makes the children of `parent` those of `items`, in their order. A child stays the same element as long as its key is
 * there, so that focus, selection and what is open survive. `create(item)` returns an element and a function that
 * shows an item in it.
 */
export function keyed(parent, items, key, create) {
  const known = (parent.keyedChildren ??= new Map());
  const wanted = new Set(items.map(key));
  // First of all, so that what stays need not be moved: what is moved loses the focus.
  for (const [id, child] of known) {
    if (!wanted.has(id)) {
      saveFocus(child.element);
      child.element.remove();
      known.delete(id);
    }
  }
  let place = parent.firstElementChild;
  for (const item of items) {
    const id = key(item);
    let child = known.get(id);
    if (!child) {
      child = create(item);
      known.set(id, child);
    }
    child.show(item);
    if (child.element === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(child.element, place);
    }
  }
}

/** A cell of a table that becomes a card on a narrow screen, where `label` stands before it. */
export function cell(label, attributes = {}, ...children) {
  return el('td', { role: 'cell', 'data-label': label, ...attributes }, ...children);
}

export function chip() {
  return el('span', { class: 'chip' });
}

const KINDS = {
  ALIVE: 'good', RUNNING: 'good', LIVE: 'good', FINISHED: 'good', DONE: 'good',
  DEAD: 'bad', FAILED: 'bad', LOST: 'bad', ERROR: 'bad',
  KILLED: 'warn', DECOMMISSIONED: 'warn', SILENT: 'warn', RECOVERING: 'warn', RELAUNCHING: 'warn',
};

/** Shows a state: by its word, and by a colour and a sign beside. */
export function showState(element, state) {
  setText(element, state.toLowerCase());
  setAttribute(element, 'data-kind', KINDS[state] ?? 'plain');
}

export function announce(text) {
  byId('announce').textContent = text;
}

const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const number = (value) => whole.format(value);
export const compact = (value) => (value < 10000 ? number(Math.round(value * 10) / 10) : short.format(value));

export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export function duration(millis) {
  if (millis < 1000) {
    return `${Math.max(0, Math.round(millis))} ms`;
  }
  const seconds = millis / 1000;
  if (seconds < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.floor(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const clock = (millis) => new Date(millis).toLocaleTimeString('en-GB');
