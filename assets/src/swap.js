// For pages that ask the server while somebody types: htmx, and what cannot do without it.
// Pages work without this file.

import htmx from 'htmx.org/dist/htmx.esm.js';

// The token travels with every request that htmx makes.
document.addEventListener('htmx:configRequest', (event) => {
  const token = document.querySelector('meta[name="csrf"]')?.content;
  if (token) event.detail.headers['x-csrf-token'] = token;
});

htmx.onLoad((element) => {
  if (element !== document.body) {
    document.dispatchEvent(new CustomEvent('swapped', { detail: element }));
    return;
  }
  // What was typed before this came has been asked by nobody: hx-trigger="late, …" asks it now.
  const typed = (field) => field.value !== field.defaultValue;
  const anything = [...document.querySelectorAll('input, textarea')].some(typed);
  for (const asking of document.querySelectorAll('[hx-trigger^="late,"]')) {
    if (asking.matches('input') ? typed(asking) : anything) htmx.trigger(asking, 'late');
  }
});
