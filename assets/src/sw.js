// The worker: keeps the files of the house, and today's pages, sealed; answers with them when
// there is no signal. The server puts `SHELL`, the addresses of the files in force, in front.

import * as box from './offline/box.js';
import { send } from './offline/send.js';

const FILES = 'files';
const SAMPLES = 'samples';
const SAMPLES_MAX = 200;
const PATIENCE_MS = 3000;
const PAGES_MAX = 80;

self.addEventListener('install', (event) => {
  const fetched = caches.open(FILES).then((files) => files.addAll(SHELL));
  event.waitUntil(fetched.then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const files = await caches.open(FILES);
      for (const request of await files.keys()) {
        if (!SHELL.includes(new URL(request.url).pathname)) await files.delete(request);
      }
      await self.clients.claim();
    })(),
  );
});

// The address under which a page is kept: without what comes after `#`.
const place = (url) => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

async function file(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await files.put(request, answer.clone());
  return answer;
}

// A page from the server; kept when it says that it may be.
async function fresh(request, event) {
  const answer = await fetch(request);
  const { pathname } = new URL(request.url);
  if (answer.ok && pathname.endsWith('/sign-in')) event.waitUntil(box.wipePages().catch(() => {}));
  if (answer.ok && answer.headers.get('x-offline') === 'keep') event.waitUntil(keep(request.url, answer.clone()));
  return answer;
}

async function keep(url, answer) {
  try {
    const held = await box.whose();
    const bytes = await answer.arrayBuffer();
    // Whose page it is stands in it; nobody else's is kept here.
    const own = held && new TextDecoder().decode(bytes.slice(0, 4096)).includes(`name="owner" content="${held.owner}"`);
    const pages = await box.keys('pages');
    if (!own || (pages.length > PAGES_MAX && !pages.includes(place(url)))) return;
    await box.keepPage(place(url), bytes, answer.headers.get('content-type'));
    await samplesOf(new TextDecoder().decode(bytes));
  } catch {
    // No room, or no key: the page is there with signal.
  }
}

// Photos of how something should be never change and are there for everybody: the small ones that
// a page shows come with it, unsealed.
async function samplesOf(text) {
  const samples = await caches.open(SAMPLES);
  for (const [path] of text.matchAll(/\/samples\/\w+\/small/g)) await sample(samples, path).catch(() => {});
  for (const old of (await samples.keys()).slice(0, -SAMPLES_MAX)) await samples.delete(old);
}

async function sample(samples, request) {
  const kept = await samples.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await samples.put(request, answer.clone());
  return answer;
}

async function kept(url) {
  const found = await box.page(url).catch(() => undefined);
  if (!found) return undefined;
  const text = new TextDecoder().decode(found.bytes).replace('<head>', `<head>\n<meta name="kept" content="${found.kept}">`);
  const headers = { 'content-type': found.type, 'x-kept': String(found.kept), 'content-security-policy': POLICY };
  return new Response(text, { headers });
}
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'";

async function page(event) {
  const { request } = event;
  const url = place(request.url);
  const coming = fresh(request, event);
  coming.catch(() => {});
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, 'late'));
  const first = await Promise.race([coming.catch(() => 'cut'), late]);
  if (first instanceof Response) return first;
  const old = await kept(url);
  if (old) return old;
  if (first === 'late') {
    const last = await coming.catch(() => undefined);
    if (last) return last;
  }
  const waiting = await kept('/waiting');
  if (waiting && !url.startsWith('/waiting')) return Response.redirect('/waiting?missing', 302);
  return waiting ?? Response.error();
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(file(request));
  else if (/^\/samples\/\w+\/small$/.test(url.pathname)) event.respondWith(caches.open(SAMPLES).then((samples) => sample(samples, request)));
  else if (request.mode === 'navigate' && url.pathname !== '/waiting') event.respondWith(page(event));
  else if (request.mode === 'navigate') event.respondWith(waiting(event));
});

// The list of what waits is drawn on the phone: whatever follows `?` is for the page.
async function waiting(event) {
  try {
    return await fresh(new Request('/waiting', { credentials: 'same-origin', redirect: 'manual' }), event);
  } catch {
    return (await kept('/waiting')) ?? Response.error();
  }
}

// Pages that a page announces are fetched ahead, one after the other.
self.addEventListener('message', (event) => {
  if (!Array.isArray(event.data?.keep)) return;
  event.waitUntil(
    (async () => {
      await box.forgetOldPages().catch(() => {});
      for (const url of event.data.keep) {
        const answer = await fetch(url, { credentials: 'same-origin', redirect: 'manual', headers: { 'x-ahead': '1' } }).catch(() => undefined);
        if (!answer) return;
        if (answer.ok && answer.headers.get('x-offline') === 'keep') await keep(new URL(url, self.location.origin).href, answer);
      }
    })(),
  );
});

// Signal is back while no page is open.
self.addEventListener('sync', (event) => {
  if (event.tag !== 'queue') return;
  event.waitUntil(
    send().then((done) => {
      if (!done.reached || done.isHeldUp) throw new Error('no signal');
    }),
  );
});
