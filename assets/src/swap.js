// For pages that ask the server while somebody types: htmx, and what cannot do without it.
// Pages work without this file.

import htmx from 'htmx.org/dist/htmx.esm.js';

// The token travels with every request that htmx makes.
document.addEventListener('htmx:configRequest', (event) => {
  const token = document.querySelector('meta[name="csrf"]')?.content;
  if (token) event.detail.headers['x-csrf-token'] = token;
});

// Something was typed before this came, and nobody has asked: the button that asks is back until
// more is typed.
const typed = [...document.querySelectorAll('input[hx-trigger]')].some((field) => field.value !== field.defaultValue);
const swaps = (yes) => document.documentElement.classList.toggle('swaps', yes);
if (typed) {
  swaps(false);
  document.addEventListener('input', () => swaps(true), { once: true });
}

htmx.onLoad((element) => {
  if (element === document.body) return;
  document.dispatchEvent(new CustomEvent('swapped', { detail: element }));
});
