// <form data-draft="appeal">: what is typed is kept in this tab until the page
// after sending says <… data-draft-done="appeal">. Never files, passwords or
// hidden fields; `data-draft-skip` on a control leaves it out.
import { all } from './all.js';
import { draftKey } from './draft_key.js';

const kept = (control) =>
  control.name &&
  !['hidden', 'file', 'password', 'submit', 'button'].includes(control.type) &&
  !('draftSkip' in control.dataset);
const choice = (control) => control.type === 'radio' || control.type === 'checkbox';

export function drafts(root) {
  let store;
  try {
    store = window.sessionStorage;
  } catch {
    return; // A browser that forbids storage gets forms without drafts.
  }
  for (const done of all(root, '[data-draft-done]')) store.removeItem(draftKey(done.dataset.draftDone));

  for (const form of all(root, 'form[data-draft]')) {
    const key = draftKey(form.dataset.draft);
    restore(form, store.getItem(key));
    form.addEventListener('input', () => {
      const typed = [...form.elements]
        .filter((control) => kept(control) && (!choice(control) || control.checked))
        .map((control) => [control.name, control.value]);
      try {
        store.setItem(key, JSON.stringify(typed));
      } catch {
        // Full: the form itself still has everything.
      }
    });
  }
}

function restore(form, text) {
  let typed;
  try {
    typed = JSON.parse(text ?? '[]');
  } catch {
    return;
  }
  for (const control of form.elements) {
    if (!kept(control)) continue;
    const values = typed.filter(([field]) => field === control.name).map(([, value]) => value);
    if (!values.length) continue;
    // What the server filled in is newer than the draft.
    if (choice(control)) {
      const group = [...form.elements].filter((other) => other.name === control.name);
      if (group.some((other) => other.defaultChecked)) continue;
      control.checked = values.includes(control.value);
    } else if (!control.defaultValue && !control.value) {
      control.value = values[0];
    } else if (control.tagName === 'SELECT' && ![...control.options].some((one) => one.defaultSelected)) {
      control.value = values[0];
    }
  }
}
