// The page of what waits: drawn from the box, with signal and without.

import * as box from './box.js';

const fill = (text, value) => text.replaceAll('{n}', value);

// What the answer says that came back: its sentences, without running anything of it.
function sentences(page) {
  const read = new DOMParser().parseFromString(page, 'text/html');
  const own = read.querySelectorAll('#main .alert, #main .wrong:not([hidden])');
  const found = own.length ? own : read.querySelectorAll('#main h1, #main h1 + p, #main .lead');
  const said = [...found].map((part) => part.textContent.trim().replace(/\s+/g, ' ')).filter(Boolean);
  return [...new Set(said)].join(' ');
}

function size(files) {
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (!bytes) return '';
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function list(bar, { go, show }) {
  const root = document.getElementById('queue-list');
  if (!root) return undefined;
  const template = document.getElementById('queue-row');
  const part = (row, name) => row.querySelector(`[data-part="${name}"]`);
  const rows = new Map();
  const lang = document.documentElement.lang;
  const time = new Intl.DateTimeFormat(lang, { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' });

  const asked = new URLSearchParams(location.search);
  document.getElementById('queue-missing').hidden = !asked.has('missing');

  async function draw(entry) {
    let row = rows.get(entry.id);
    const mark = `${entry.state} ${entry.at}`;
    if (row?.dataset.mark === mark) return row;
    const said = await box.unsealThing(entry.sealed);
    const fresh = template.content.firstElementChild.cloneNode(true);
    row?.replaceWith(fresh);
    row = fresh;
    rows.set(entry.id, row);
    row.dataset.mark = mark;
    row.dataset.entry = entry.id;
    part(row, 'label').textContent = said.label;
    const state = part(row, 'state');
    state.textContent = state.dataset[entry.state];
    state.className = `chip chip-${{ waits: 'wait', done: 'done', needs: 'late' }[entry.state]}`;
    part(row, 'when').textContent = time.format(entry.at);
    part(row, 'size').textContent = size(entry.files);
    const open = entry.state !== 'done';
    part(row, 'acts').hidden = part(row, 'fold').hidden = !open;
    if (!open) return row;
    const mine = part(row, 'mine');
    for (const [name, text] of said.shown) {
      const term = document.createElement('dt');
      term.textContent = name;
      const what = document.createElement('dd');
      what.className = 'prose';
      what.textContent = text;
      mine.append(term, what);
    }
    row.querySelector('[data-act="again"]').hidden = entry.state !== 'needs';
    // What may have arrived already is not changed under way.
    row.querySelector('[data-act="change"]').hidden = entry.state !== 'needs';
    if (entry.state === 'needs') {
      const answer = await box.unsealThing(entry.answer);
      const theirs = part(row, 'theirs');
      theirs.textContent = answer.differs ? theirs.dataset.differs : sentences(answer.page);
      part(row, 'see').href = said.page;
      part(row, 'two').hidden = false;
      part(row, 'fold').open = true;
      if (answer.differs) row.querySelector('[data-act="again"]').hidden = row.querySelector('[data-act="change"]').hidden = true;
    }
    return row;
  }

  async function redraw(all) {
    const lost = (await box.get('meta', 'lost')) ?? 0;
    const told = document.getElementById('queue-lost-text');
    told.textContent = fill(told.dataset.text, lost);
    document.getElementById('queue-lost').hidden = !lost;
    const left = all.filter((entry) => entry.state !== 'done');
    document.getElementById('queue-leave').hidden = !asked.has('leave') || !left.length;
    document.getElementById('queue-none').hidden = Boolean(all.length);
    document.getElementById('queue-about').hidden = !left.length;
    document.getElementById('queue-send').hidden = !all.some((entry) => entry.state === 'waits');
    root.hidden = !all.length;
    for (const entry of all) root.append(await draw(entry));
    for (const [id, row] of rows) {
      if (all.some((entry) => entry.id === id)) continue;
      row.remove();
      rows.delete(id);
    }
  }
  redraw.progress = (entry) => {
    const row = rows.get(entry.id);
    const state = row && part(row, 'state');
    if (state) state.textContent = fill(state.dataset.sending, entry.percent);
  };

  document.getElementById('main').addEventListener('click', async (event) => {
    const button = event.target.closest('[data-act]');
    if (!button) return;
    const row = button.closest('[data-entry]');
    const entry = row && (await box.get('entries', row.dataset.entry));
    const act = button.dataset.act;
    if (act === 'send') await go();
    if (act === 'lost') {
      await box.remove('meta', 'lost');
      await show();
    }
    if (act === 'again' && entry) {
      await box.keep({ ...entry, state: 'waits', answer: undefined });
      await go();
    }
    if (act === 'change' && entry) {
      sessionStorage.setItem('queue-change', entry.id);
      location.assign((await box.unsealThing(entry.sealed)).page);
    }
    if (act === 'drop' && entry) {
      if (!('pressed' in button.dataset)) {
        button.dataset.pressed = '';
        button.querySelector('span').textContent = button.dataset.sure;
        return;
      }
      await box.drop(entry);
      await show();
    }
  });
  return redraw;
}
