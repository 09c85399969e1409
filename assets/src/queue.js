// For whoever is signed in, on a phone: a form marked `data-queue` is kept in the box and sent
// from there, at once when there is signal and later when there is none. Pages work without
// this file, and at a desk with a mouse it does nothing.
//
//   <form method="post" data-queue data-queue-label="what this is">
//   data-queue-once               one of many on its page: kept, it is put away and the next one opens
//   data-queue-next="/where/to"   after it was kept without signal
//   <a data-offline>, <ul data-offline>   links that are fetched ahead

import { draftKey } from './js/draft_key.js';
import * as box from './offline/box.js';
import { scaled } from './offline/photo.js';
import { send } from './offline/send.js';
import { list } from './offline/list.js';

const AT_ONCE_MS = 8000;
const OLD_MS = 18 * 60 * 60 * 1000;
const AGAIN_MS = [3_000, 15_000, 60_000];

const bar = document.getElementById('queue');
const owner = document.querySelector('meta[name="owner"]')?.content;
const keptAt = Number(document.querySelector('meta[name="kept"]')?.content);
const fill = (text, name, value) => text.replaceAll(`{${name}}`, value);

let reached = navigator.onLine && !keptAt;
let signedIn = true;
let sending = false;
let tries = 0;
let timer;

// --- the line above the page ---

async function show() {
  const all = await box.entries();
  const lost = (await box.get('meta', 'lost')) ?? 0;
  const waits = all.filter((entry) => entry.state === 'waits');
  const needs = all.filter((entry) => entry.state === 'needs').length;
  const present = await box.now();
  const old = waits.filter((entry) => present - entry.at > OLD_MS).length;
  const words = bar.dataset;
  const say = (name, count) => fill(words[name], 'n', count);
  let text = '';
  if (lost) text = say('lost', lost);
  else if (needs) text = say('needs', needs);
  else if (waits.length && !signedIn) text = say('door', waits.length);
  else if (waits.length && sending && reached) text = say('sending', waits.length);
  else if (old) text = say('old', old);
  else if (waits.length) text = say(reached ? 'waits' : 'offline', waits.length);
  const loud = lost || needs || old || (waits.length && !signedIn);
  const parts = [];
  if (keptAt) {
    const note = document.createElement('span');
    const when = new Intl.DateTimeFormat(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', month: 'numeric', day: 'numeric' });
    note.textContent = fill(words.kept, 'when', when.format(keptAt));
    parts.push(note);
  }
  if (text) {
    const link = document.createElement('a');
    link.href = waits.length && !signedIn ? `${door()}?back=%2Fwaiting` : '/waiting';
    link.textContent = text;
    parts.push(link);
  }
  const now = parts.map((part) => part.textContent).join('|');
  bar.classList.toggle('queue-loud', Boolean(loud));
  bar.hidden = !parts.length;
  if (bar.dataset.now !== now) bar.replaceChildren(...parts);
  bar.dataset.now = now;
  await listed?.(all);
}

const door = () => (document.body.classList.contains('desk') ? '/desk/sign-in' : '/sign-in');

// --- sending ---

async function go(options = {}) {
  clearTimeout(timer);
  sending = true;
  await show();
  let done = { reached: false };
  try {
    done = await send({ ...options, told: (entry) => (entry ? listed?.progress(entry) : show()) });
  } finally {
    sending = false;
  }
  reached = done.reached;
  signedIn = done.signedIn ?? signedIn;
  await box.forgetDone();
  if (!reached || !signedIn) await box.forgetOldEntries(reached);
  await show();
  const left = (await box.entries()).some((entry) => entry.state === 'waits');
  if (!left) tries = 0;
  else if (signedIn) {
    timer = setTimeout(go, AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]);
    tries += 1;
    navigator.serviceWorker?.ready.then((worker) => worker.sync?.register('queue')).catch(() => {});
  }
  return done;
}

// --- keeping a form ---

// What a field is called, for whoever reads later what they wrote.
function called(control) {
  const group = control.matches('[type="radio"], [type="checkbox"]') && control.closest('fieldset')?.querySelector('legend');
  const label = group || control.labels?.[0];
  const text = label?.cloneNode(true);
  text?.querySelectorAll('.must, .may, .unseen, small').forEach((part) => part.remove());
  return text?.textContent.trim().replace(/\s+/g, ' ') ?? '';
}

// A form that was kept may be filled in twice; the second thing is another one.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
function another(id) {
  const raw = [...id].reduce((sum, digit) => sum * 32n + BigInt(ALPHABET.indexOf(digit)), 0n);
  const [chance] = crypto.getRandomValues(new Uint32Array(1));
  let next = raw + BigInt(Math.max(1, Math.round(performance.now() * 1000))) * 1024n + BigInt(chance);
  let text = '';
  for (let at = 0; at < 13; at += 1) {
    text = ALPHABET[Number(next % 32n)] + text;
    next /= 32n;
  }
  return text;
}

async function withOwnId(fields) {
  const spent = (await box.get('meta', 'spent')) ?? [];
  const id = fields.find(([name, text]) => (name === 'id' || name === 'key') && /^[0-9a-hjkmnp-tv-z]{13}$/.test(text));
  if (!id) return;
  if (spent.includes(id[1])) id[1] = another(id[1]);
  await box.put('meta', 'spent', [...spent.slice(-500), id[1]]);
}

// Everything in the form, ready to be kept; the files apart.
async function read(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const fields = [];
  const chosen = [];
  for (const [name, value] of data) {
    if (name === 'csrf') continue;
    if (typeof value === 'string') fields.push([name, value]);
    else if (value.size) chosen.push([name, value]);
  }
  const shown = [];
  for (const control of form.elements) {
    const choice = control.type === 'radio' || control.type === 'checkbox';
    if (!control.name || ['hidden', 'file', 'submit', 'button', 'fieldset', 'search', 'password'].includes(control.type)) continue;
    if (choice && !control.checked) continue;
    const text = control.tagName === 'SELECT' ? control.selectedOptions[0]?.text : choice ? control.labels?.[0]?.textContent.trim() : control.value;
    if (text) shown.push([called(control), text]);
  }
  return { fields, chosen, shown };
}

const path = (url) => new URL(url, location.href).pathname + new URL(url, location.href).search;

async function keepForm(form, submitter) {
  const { fields, chosen, shown } = await read(form, submitter);
  const changed = form.dataset.queueEntry && (await box.get('entries', form.dataset.queueEntry));
  // Where one file has its place, a new one takes it.
  const single = (field) => form.querySelector(`input[type="file"][name="${CSS.escape(field)}"]:not([multiple])`);
  const anew = new Set(chosen.map(([field]) => field).filter(single));
  const files = changed ? changed.files.filter(({ field }) => !anew.has(field)) : [];
  const left = changed ? changed.files.filter(({ field }) => anew.has(field)) : [];
  const blobs = [];
  for (const [field, file] of chosen) {
    const bytes = await (await scaled(file)).arrayBuffer();
    const token = box.hex(16);
    blobs.push([token, await box.seal(bytes)]);
    files.push({ field, token, size: bytes.byteLength });
  }
  if (!changed) await withOwnId(fields);
  const said = {
    label: form.dataset.queueLabel || document.title,
    action: path(submitter?.hasAttribute('formaction') ? submitter.formAction : form.getAttribute('action') || location.href),
    page: path(location.href),
    fields,
    shown,
  };
  const entry = {
    id: changed ? changed.id : box.hex(16),
    number: changed ? changed.number : ((await box.entries()).at(-1)?.number ?? 0) + 1,
    at: await box.now(),
    state: 'waits',
    files,
    sealed: await box.sealThing(said),
  };
  await box.within(['entries', 'files'], 'readwrite', (all, kept) => {
    all.put(entry, entry.id);
    blobs.forEach(([token, blob]) => kept.put(blob, token));
    left.forEach(({ token }) => kept.delete(token));
  });
  return entry;
}

// Said in place of the form: it is kept, and what comes next.
function noted(form) {
  const next = form.dataset.queueNext;
  if (form.dataset.draft) sessionStorage.removeItem(draftKey(form.dataset.draft));
  if (next) {
    sessionStorage.setItem('queue-noted', '1');
    location.assign(next);
    return;
  }
  const box_ = document.createElement('div');
  box_.className = 'alert alert-done';
  box_.tabIndex = -1;
  const text = document.createElement('div');
  const said = document.createElement('p');
  said.textContent = bar.dataset.noted;
  const more = document.createElement('p');
  const link = document.createElement('a');
  link.href = '/waiting';
  link.textContent = bar.dataset.notedMore;
  more.append(link);
  text.append(said, more);
  box_.append(text);
  const fold = form.closest('details');
  const after = 'queueOnce' in form.dataset && fold?.nextElementSibling;
  form.replaceWith(box_);
  if (after?.matches?.('details')) {
    // One of many on this page: it is put away, and the next one lies open.
    const sign = document.createElement('small');
    sign.className = 'muted';
    sign.textContent = ` ${bar.dataset.noted}`;
    fold.querySelector('summary').append(sign);
    fold.open = false;
    after.open = true;
    after.querySelector('summary').focus();
  } else {
    box_.focus();
  }
}

// A page that is opened again without signal does not ask again what waits to be sent.
async function already() {
  const once = [...document.querySelectorAll('form[data-queue-once]')];
  if (!once.length) return;
  const waiting = new Set();
  for (const entry of await box.entries()) {
    if (entry.state === 'waits') waiting.add((await box.unsealThing(entry.sealed)).action);
  }
  once.filter((form) => !form.dataset.queueEntry && waiting.has(path(form.getAttribute('action')))).forEach(noted);
}

function plainly(form, submitter) {
  form.dataset.queuePlain = '';
  form.requestSubmit(submitter);
}

async function submit(form, submitter) {
  // Nobody is there to ask for what is missing, so it is asked for here.
  if (!navigator.onLine && !submitter?.formNoValidate && !form.reportValidity()) return;
  // Somebody else has signed in, in another tab: what is written here is not theirs.
  if ((await box.whose())?.owner !== owner) return location.reload();
  let entry;
  form.setAttribute('aria-busy', 'true');
  try {
    entry = await keepForm(form, submitter);
  } catch {
    // No room. With signal the form goes as ever; without, it stays filled in.
    if (navigator.onLine) return plainly(form, submitter);
    form.removeAttribute('aria-busy');
    bar.hidden = false;
    bar.textContent = bar.dataset.full;
    return;
  }
  const late = new Promise((done) => setTimeout(done, AT_ONCE_MS, {}));
  const done = navigator.onLine ? await Promise.race([go({ here: entry.id, patience: AT_ONCE_MS }), late]) : {};
  form.removeAttribute('aria-busy');
  const told = done.told;
  if (told?.state === 'done' && !told.differs) {
    await box.drop(await box.get('entries', entry.id));
    if (form.dataset.draft) sessionStorage.removeItem(draftKey(form.dataset.draft));
    location.assign(told.see ?? form.dataset.queueNext ?? path(location.href));
  } else if (told?.state === 'needs' && !form.dataset.queueEntry) {
    // Nothing was written, and whoever wrote it is here: the page itself says what is wrong.
    // It goes once another page of theirs is there.
    sessionStorage.setItem('queue-said', entry.id);
    plainly(form, submitter);
  } else {
    reached = Boolean(done.reached);
    noted(form);
    await show();
    if (!navigator.onLine) navigator.serviceWorker?.ready.then((worker) => worker.sync?.register('queue')).catch(() => {});
  }
}

// --- a form that is mended ---

async function fillIn() {
  const id = sessionStorage.getItem('queue-change');
  const entry = id && (await box.get('entries', id));
  if (!entry) return;
  const said = await box.unsealThing(entry.sealed);
  const form = [...document.querySelectorAll('form[data-queue]')].find((one) => path(one.getAttribute('action') || location.href) === said.action);
  if (!form) return;
  sessionStorage.removeItem('queue-change');
  form.dataset.queueEntry = id;
  form.closest('details')?.setAttribute('open', '');
  for (const control of form.elements) {
    if (!control.name || ['hidden', 'file', 'submit', 'button'].includes(control.type)) continue;
    const values = said.fields.filter(([name]) => name === control.name).map(([, text]) => text);
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = values.includes(control.value);
    else if (values.length) [control.value] = values;
  }
  if (entry.files.length) {
    const note = document.createElement('p');
    note.className = 'help';
    note.textContent = fill(bar.dataset.files, 'n', entry.files.length);
    form.prepend(note);
  }
  form.scrollIntoView();
}

// --- leaving ---

async function leave(form) {
  const all = await box.entries().catch(() => []);
  if (all.some((entry) => entry.state !== 'done') && !('queueLeave' in form.dataset)) {
    location.assign('/waiting?leave');
    return;
  }
  await box.wipe().catch(() => {});
  await caches?.delete('files').catch(() => {});
  plainly(form);
}

function listen() {
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target;
      if (event.defaultPrevented || 'queuePlain' in form.dataset) return;
      const leaves = path(form.getAttribute('action') || location.href).endsWith('/sign-out');
      const redraws = event.submitter?.name === 'act' || event.submitter?.getAttribute('formmethod') === 'get';
      if (!leaves && (!('queue' in form.dataset) || redraws)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (form.getAttribute('aria-busy')) return;
      if (leaves) leave(form);
      else submit(form, event.submitter);
    },
    true,
  );
  window.addEventListener('online', () => go());
  window.addEventListener('offline', () => {
    reached = false;
    show();
  });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && go());
}

let listed;

async function begin() {
  if (!owner || !bar || !navigator.serviceWorker || !window.indexedDB || !crypto.subtle) return;
  if (!matchMedia('(any-pointer: coarse)').matches) return;
  // A page that was kept belongs to whom the box belongs; a fresh one says whose the box is.
  if (!keptAt) await box.claim(owner);
  listen();
  listed = list(bar, { go, show });
  const worker = await navigator.serviceWorker.register('/sw.js');
  const said_ = !keptAt && sessionStorage.getItem('queue-said');
  if (said_) {
    sessionStorage.removeItem('queue-said');
    const entry = await box.get('entries', said_);
    if (entry?.state === 'needs') await box.drop(entry);
  }
  if (sessionStorage.getItem('queue-noted')) {
    sessionStorage.removeItem('queue-noted');
    const said = document.createElement('p');
    said.className = 'alert alert-done';
    said.setAttribute('role', 'status');
    said.textContent = bar.dataset.noted;
    document.getElementById('main')?.prepend(said);
  }
  await fillIn();
  await already();
  await show();
  go();
  await navigator.serviceWorker.ready;
  const links = [...document.querySelectorAll('a[data-offline][href], [data-offline] a[href]')];
  const ahead = new Set(['/waiting', path(location.href), ...links.filter((link) => link.origin === location.origin).map((link) => path(link.href))]);
  if (!keptAt) worker.active?.postMessage({ keep: [...ahead].slice(0, 60) });
}

begin().catch((error) => console.error(error.name));
