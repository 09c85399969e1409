// For pages that ask the server while somebody types, or for the place where they stand: htmx,
// and what cannot do without it. Pages work without this file.

import htmx from 'htmx.org/dist/htmx.esm.js';
import { here } from './js/here.js';

// The token travels with every request that htmx makes.
document.addEventListener('htmx:configRequest', (event) => {
  const token = document.querySelector('meta[name="csrf"]')?.content;
  if (token) event.detail.headers['x-csrf-token'] = token;
});

// What asks while one types takes the place of the button that asks, unless something was typed
// before it came.
const typed = [...document.querySelectorAll('input[hx-trigger]')].some((field) => field.value !== field.defaultValue);
const takeOver = () => document.documentElement.classList.add('swaps');
if (typed) document.addEventListener('input', takeOver, { once: true });
else takeOver();

here(document);
htmx.onLoad((element) => {
  if (element === document.body) return;
  here(element);
  document.dispatchEvent(new CustomEvent('swapped', { detail: element }));
});
