// [data-photos]: shows what was chosen and says at once what would be refused.
// The server checks again; this only spares the waiting.
import { all } from './all.js';

export function photos(root) {
  for (const field of all(root, '[data-photos]')) {
    const input = field.querySelector('input[type="file"]');
    const list = field.querySelector('.photo-list');
    const wrong = field.querySelector('.wrong');
    input.addEventListener('change', () => show(field, [...input.files], list, wrong));
  }
}

function show(field, files, list, wrong) {
  const { count, megabytes, tooLarge, notOne, tooMany } = field.dataset;
  const refusals = [];
  if (files.some((file) => !file.type.startsWith('image/'))) refusals.push(notOne);
  if (files.some((file) => file.size > Number(megabytes) * 1024 * 1024)) refusals.push(tooLarge);
  if (files.length > Number(count)) refusals.push(tooMany);
  wrong.textContent = refusals.join(' ');
  wrong.hidden = !refusals.length;

  for (const image of list.querySelectorAll('img')) URL.revokeObjectURL(image.src);
  list.replaceChildren(
    ...files.slice(0, Number(count)).map((file) => {
      const item = document.createElement('li');
      if (file.type.startsWith('image/')) {
        const image = document.createElement('img');
        image.src = URL.createObjectURL(file);
        image.alt = '';
        item.append(image);
      }
      item.append(file.name);
      return item;
    }),
  );
  list.hidden = !files.length;
}
