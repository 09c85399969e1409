// The desk by keyboard. [data-key="g i"] on a link, button or field: those keys,
// one after the other, follow, press or enter it. j and k walk through
// [data-rows] > li, x ticks the row, ? opens #keys, Escape leaves a field.

const typing = (element) => element.closest('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]');

export function keys(document) {
  let before = '';
  let since = 0;
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target)) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    const chord = event.timeStamp - since < 1200 && before ? `${before} ${event.key}` : event.key;
    before = event.key.length === 1 ? event.key : '';
    since = event.timeStamp;
    if (press(document, chord) || (chord !== event.key && press(document, event.key))) {
      event.preventDefault();
      before = '';
    }
  });
}

function press(document, chord) {
  if (chord === 'j' || chord === 'k') return walk(document, chord === 'j' ? 1 : -1);
  if (chord === 'x') return tick(document);
  if (chord === '?') return toggle(document.getElementById('keys'));
  const target = document.querySelector(`[data-key="${CSS.escape(chord)}"]`) ?? (chord === '/' && document.querySelector('[type="search"]'));
  if (!target) return false;
  if (target.matches('input, textarea, select')) {
    target.focus();
    target.select?.();
  } else {
    target.click();
  }
  return true;
}

const rows = (document) => [...document.querySelectorAll('[data-rows] > li')];
const open = (document) => rows(document).findIndex((row) => row.contains(document.activeElement));

function walk(document, step) {
  const list = rows(document);
  if (!list.length) return false;
  const at = open(document);
  const row = list[Math.min(Math.max(at < 0 ? 0 : at + step, 0), list.length - 1)];
  const link = row.querySelector('a');
  link?.focus();
  row.scrollIntoView({ block: 'nearest' });
  return true;
}

function tick(document) {
  const box = rows(document)[open(document)]?.querySelector('input[type="checkbox"]');
  box?.click();
  return Boolean(box);
}

function toggle(details) {
  if (!details) return false;
  details.open = !details.open;
  if (details.open) details.querySelector('summary').focus();
  return true;
}
