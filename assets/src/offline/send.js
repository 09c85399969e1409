// Sends what waits: in order, files first and in pieces, each form until somebody says that it
// arrived. The server applies each once, so whatever is cut or repeated here does no harm.

import * as box from './box.js';

const PIECE = 256 * 1024;
const PATIENCE_MS = 30_000;
const ASK_MS = 5_000;
const AGE_MAX_MS = 7 * 24 * 60 * 60 * 1000;

// What fails so often at the house itself is shown, and what is behind it goes on.
const BROKEN_MAX = 3;

// No answer, or one that says to come again: it stays, and so does what is behind it.
class Later extends Error {}
// An answer that somebody has to read.
class Needs extends Error {}

// The answer with its text: a line that is cut in the middle of it is a line that is cut.
async function ask(path, options = {}, patience = PATIENCE_MS) {
  const cut = new AbortController();
  const late = setTimeout(() => cut.abort(), patience);
  try {
    const answer = await fetch(path, { credentials: 'same-origin', cache: 'no-store', redirect: 'manual', signal: cut.signal, ...options });
    return { status: answer.status, ok: answer.ok, headers: answer.headers, text: await answer.text() };
  } catch {
    throw Object.assign(new Later(), { isCut: true });
  } finally {
    clearTimeout(late);
  }
}

// Who is signed in, and a token; the clock is put right by the way.
export async function state() {
  const answer = await ask('/queue/state', {}, ASK_MS);
  if (!answer.ok) throw new Later();
  const told = JSON.parse(answer.text);
  const ahead = told.now_ms - Date.now();
  const before = (await box.get('meta', 'ahead')) ?? 0;
  // What was written down while the clock was wrong is as old as it is.
  if (Math.abs(ahead - before) > 2000) await box.put('meta', 'ahead', ahead);
  return told;
}

async function sendFile(file, token, told) {
  const where = `/queue/files/${file.token}`;
  const kept = await box.get('files', file.token);
  if (!kept) throw new Needs('');
  const bytes = new Uint8Array(await box.unseal(kept));
  const asked = await ask(where);
  if (asked.status !== 204) throw new Later();
  let offset = Number(asked.headers.get('upload-offset'));
  while (offset < bytes.length) {
    const form = new FormData();
    form.append('csrf', token);
    form.append('piece', new Blob([bytes.subarray(offset, offset + PIECE)]), 'piece');
    const answer = await ask(where, { method: 'POST', body: form, headers: { 'upload-offset': String(offset) } });
    if (answer.status === 413) throw new Needs(answer.text);
    if (answer.status !== 204 && answer.status !== 409) throw new Later();
    offset = Number(answer.headers.get('upload-offset'));
    await told(offset);
  }
}

async function sendForm(entry, said, token, options) {
  const body = new URLSearchParams();
  for (const [name, text] of said.fields) body.append(name, text);
  for (const file of entry.files) body.append(`queue-file:${file.field}`, `${file.token}:${file.size}`);
  const age = Math.min(AGE_MAX_MS, Math.max(0, Math.round((await box.now()) - entry.at)));
  const headers = {
    'x-csrf-token': token,
    'x-queue-id': entry.id,
    'x-queue-owner': options.owner,
    'x-queue-made-ms': String(age),
  };
  if (options.here === entry.id) headers['x-queue-here'] = '1';
  const answer = await ask(said.action, { method: 'POST', body, headers }, options.patience);
  const json = answer.headers.get('content-type')?.startsWith('application/json');
  if (answer.status === 409 && json) throw new Later(); // A piece is missing: from the start.
  if (json) return JSON.parse(answer.text);
  const broken = answer.status >= 500 && answer.status !== 503;
  if (broken) await box.keepOn({ ...entry, tried: (entry.tried ?? 0) + 1 });
  const again = [0, 401, 408, 425, 429, 503].includes(answer.status);
  if (again || (broken && (entry.tried ?? 0) < BROKEN_MAX)) throw new Later();
  throw new Needs(answer.text);
}

async function sendEntry(entry, token, options) {
  const said = await box.unsealThing(entry.sealed);
  try {
    return await trySending(entry, said, token, options);
  } catch (error) {
    if (!(error instanceof Needs)) throw error;
    return settle(entry, said, { state: 'needs', page: error.message });
  }
}

async function trySending(entry, said, token, options) {
  const size = entry.files.reduce((sum, file) => sum + file.size, 0) || 1;
  let before = 0;
  for (const file of entry.files) {
    await sendFile(file, token, async (offset) => {
      await options.told?.({ ...entry, percent: Math.floor((100 * (before + offset)) / size) });
    });
    before += file.size;
  }
  await options.told?.({ ...entry, percent: 100 });
  return settle(entry, said, await sendForm(entry, said, token, options));
}

async function settle(entry, said, told) {
  if (told.state === 'done' && !told.differs) {
    for (const file of entry.files) await box.remove('files', file.token);
    const label = await box.sealThing({ label: said.label });
    await box.keepOn({ ...entry, state: 'done', files: [], sealed: label });
  } else {
    const answer = await box.sealThing({ page: told.page ?? '', differs: Boolean(told.differs) });
    await box.keepOn({ ...entry, state: 'needs', answer });
  }
  return told;
}

// Sends everything. Answers `{ reached, signedIn, isHeldUp, told }`: whether the server was there,
// whether the box's person is, whether something stays to be sent later, and what was said to the
// entry for whom somebody waits.
async function all(options) {
  let now;
  try {
    now = await state();
  } catch {
    return { reached: false };
  }
  const held = await box.whose();
  if (!held) return { reached: true, signedIn: Boolean(now.owner) };
  if (!now.owner) {
    await box.wipePages();
    return { reached: true, signedIn: false };
  }
  if (now.owner !== held.owner) {
    await box.claim(now.owner);
    return { reached: true, signedIn: true };
  }
  const done = { reached: true, signedIn: true };
  for (const { id } of await box.entries()) {
    // It may have been changed or thrown away meanwhile.
    const entry = await box.get('entries', id);
    if (entry?.state !== 'waits') continue;
    try {
      const told = await sendEntry(entry, now.token, { ...options, owner: held.owner });
      if (id === options.here) done.told = told;
    } catch (error) {
      if (!(error instanceof Later)) console.error(error.name);
      return { ...done, reached: !error.isCut, isHeldUp: true };
    }
    await options.told?.();
  }
  return done;
}

// One sender at a time in this browser, as far as it can be told.
export function send(options = {}) {
  if (!navigator.locks) return all(options);
  return navigator.locks.request('huiyin-send', () => all(options));
}
