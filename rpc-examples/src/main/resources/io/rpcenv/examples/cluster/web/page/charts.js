// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

// Small plots of the last two minutes.

import { compact, el, setAttribute, setText, svg } from './dom.js';

export const SAMPLES = 120;
const WIDTH = 280;
const HEIGHT = 72;
const TOP = 6;
const BASE = HEIGHT - 2;

/** Rounds up to 1, 2 or 5 times a power of ten, so that the scale does not jump about. */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? 10 * power;
}

/** Makes a plot; `show(values)` draws, the latest value at the right. */
export function plot(title, unit, kind) {
  const area = svg('path', { class: 'area' });
  const line = svg('path', { class: 'line' });
  const dot = svg('circle', { class: 'end', r: 3 });
  const cursor = svg('line', { class: 'cursor', y1: TOP, y2: BASE, visibility: 'hidden' });
  const half = TOP + (BASE - TOP) / 2;
  const picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', class: `plot ${kind}` },
    svg('line', { class: 'grid', x1: 0, x2: WIDTH, y1: TOP, y2: TOP }),
    svg('line', { class: 'grid', x1: 0, x2: WIDTH, y1: half, y2: half }),
    svg('line', { class: 'base', x1: 0, x2: WIDTH, y1: BASE, y2: BASE }),
    area, line, cursor, dot);
  const now = el('strong');
  const scale = el('span', { class: 'scale' });
  const element = el('figure', {},
    el('figcaption', {}, el('span', { text: title }), now), picture, scale);
  let values = [];
  let pointed = null;

  const x = (index) => WIDTH - 4 - (values.length - 1 - index) * ((WIDTH - 8) / (SAMPLES - 1));

  function showValue() {
    const index = pointed ?? values.length - 1;
    const value = values[index] ?? 0;
    const ago = values.length - 1 - index;
    setText(now, `${compact(value)}${unit}${pointed === null || ago === 0 ? '' : `, ${ago} s ago`}`);
    setAttribute(cursor, 'visibility', pointed === null ? 'hidden' : 'visible');
    if (pointed !== null) {
      setAttribute(cursor, 'x1', x(index));
      setAttribute(cursor, 'x2', x(index));
    }
  }

  picture.addEventListener('pointermove', (event) => {
    const box = picture.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * WIDTH;
    const step = (WIDTH - 8) / (SAMPLES - 1);
    const index = Math.round(values.length - 1 - (WIDTH - 4 - at) / step);
    pointed = index >= 0 && index < values.length ? index : null;
    showValue();
  });
  picture.addEventListener('pointerleave', () => {
    pointed = null;
    showValue();
  });

  return {
    element,
    show(next) {
      values = next;
      const max = ceiling(Math.max(...values, 0));
      const y = (value) => BASE - (value / max) * (BASE - TOP);
      const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
      const path = points.length ? `M${points.join('L')}` : '';
      setAttribute(line, 'd', path);
      setAttribute(area, 'd', points.length ? `${path}L${x(values.length - 1)},${BASE}L${x(0).toFixed(1)},${BASE}Z` : '');
      setAttribute(dot, 'cx', x(values.length - 1));
      setAttribute(dot, 'cy', y(values.at(-1) ?? 0).toFixed(1));
      setAttribute(dot, 'visibility', values.length ? 'visible' : 'hidden');
      setText(scale, `0 to ${compact(max)}`);
      setAttribute(picture, 'aria-label',
        `${title}: now ${compact(values.at(-1) ?? 0)}${unit}, at most ${compact(Math.max(...values, 0))}${unit} in two minutes`);
      showValue();
    },
  };
}
