// The box on the phone: what waits to be sent, and the pages of today. Everything in it that
// somebody wrote or read is encrypted with a key that cannot be taken out, belongs to one
// person, and goes with them: at sign-out, when somebody else signs in, after a day.

export const DAY_MS = 24 * 60 * 60 * 1000;
const NAME = 'huiyin';
const STORES = ['meta', 'entries', 'files', 'pages'];

let opened;

function open() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => STORES.forEach((store) => asked.result.createObjectStore(store));
    asked.onsuccess = () => {
      // Somebody clears this browser: let go of it.
      const let_go = () => {
        asked.result.close();
        opened = undefined;
      };
      asked.result.onversionchange = let_go;
      asked.result.onclose = let_go;
      done(asked.result);
    };
    asked.onerror = () => failed(asked.error);
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

// One transaction: `work` is given the stores by name and may return a request.
export async function within(stores, mode, work) {
  const base = await open();
  return new Promise((done, failed) => {
    const tx = base.transaction(stores, mode);
    const asked = work(...stores.map((store) => tx.objectStore(store)));
    tx.oncomplete = () => done(asked?.result);
    tx.onabort = () => failed(tx.error);
    tx.onerror = () => failed(tx.error);
  });
}

export const get = (store, key) => within([store], 'readonly', (it) => it.get(key));
export const put = (store, key, value) => within([store], 'readwrite', (it) => it.put(value, key));
export const remove = (store, key) => within([store], 'readwrite', (it) => it.delete(key));
export const keys = (store) => within([store], 'readonly', (it) => it.getAllKeys());

export const hex = (count) =>
  [...crypto.getRandomValues(new Uint8Array(count))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

// Whose box it is: `{ owner, key }`.
export const whose = () => get('meta', 'whose');

// The box of this person. Somebody else's is emptied first.
export async function claim(owner) {
  const held = await whose();
  if (held?.owner === owner) return held;
  await wipe();
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const mine = { owner, key };
  await put('meta', 'whose', mine);
  return mine;
}

// Nothing is left, not even the key.
export async function wipe() {
  await within(STORES, 'readwrite', (...stores) => stores.forEach((store) => store.clear()));
}

export const wipePages = () => within(['pages'], 'readwrite', (pages) => pages.clear());

export async function seal(bytes) {
  const { key } = await whose();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) };
}

export async function unseal({ iv, data }) {
  const held = await whose();
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv }, held.key, data);
}

export const sealThing = (thing) => seal(new TextEncoder().encode(JSON.stringify(thing)));
export const unsealThing = async (sealed) => JSON.parse(new TextDecoder().decode(await unseal(sealed)));

// The present by the server's clock, as far as it is known: a phone's may be wrong by a day,
// and be put right while something waits.
export const now = async () => Date.now() + ((await get('meta', 'ahead')) ?? 0);

// The entries in order, still sealed: `{ id, at, state, tried, sealed }`.
export async function entries() {
  const all = await within(['entries'], 'readonly', (it) => it.getAll());
  return all.sort((a, b) => a.number - b.number);
}

export async function keep(entry) {
  await put('entries', entry.id, entry);
}

// The same, unless somebody threw it away meanwhile.
export async function keepOn(entry) {
  await within(['entries'], 'readwrite', (all) => {
    const found = all.getKey(entry.id);
    found.onsuccess = () => found.result && all.put(entry, entry.id);
  });
}

// What was sent is shown for a day.
export async function forgetDone() {
  const oldest = (await now()) - DAY_MS;
  for (const entry of await entries()) if (entry.state === 'done' && entry.at < oldest) await drop(entry);
}

// An entry and its files are gone.
export async function drop(entry) {
  const files = (entry.files ?? []).map((file) => file.token);
  await within(['entries', 'files'], 'readwrite', (all, kept) => {
    all.delete(entry.id);
    files.forEach((file) => kept.delete(file));
  });
}

// A page of today, sealed; what is older than a day goes.
export async function keepPage(url, bytes, type) {
  const sealed = await seal(bytes);
  const kept = await now();
  await put('pages', url, { ...sealed, type, kept });
}

export async function page(url) {
  const held = await get('pages', url);
  if (!held) return undefined;
  const age = (await now()) - held.kept;
  if (Math.abs(age) > DAY_MS) {
    await remove('pages', url);
    return undefined;
  }
  return { bytes: await unseal(held), type: held.type, kept: held.kept };
}

export async function forgetOldPages() {
  const present = await now();
  await within(['pages'], 'readwrite', (pages) => {
    const walk = pages.openCursor();
    walk.onsuccess = () => {
      const row = walk.result;
      if (!row) return;
      if (Math.abs(present - row.value.kept) > DAY_MS) row.delete();
      row.continue();
    };
  });
}

// What waited longer than a day is removed, and how much it was is remembered until it is read.
// While nobody says what time it is, a day more is waited: the phone's clock may be a day wrong.
export async function forgetOldEntries(isTimeKnown) {
  const present = await now();
  const oldest = present - (isTimeKnown ? DAY_MS : 2 * DAY_MS);
  // What somebody has to look at is not old before they have.
  const old = (await entries()).filter((entry) => entry.at < oldest && entry.state !== 'needs');
  for (const entry of old) await drop(entry);
  const lost = old.filter((entry) => entry.state !== 'done').length;
  if (lost) await put('meta', 'lost', ((await get('meta', 'lost')) ?? 0) + lost);
}
