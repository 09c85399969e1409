// [data-photos]: shows what was chosen and says at once what would be refused.
// The server checks again; this only spares the waiting. Photos are made as large as anybody needs.
import { scaled } from '../offline/photo.js';
import { all } from './all.js';

export function photos(root) {
  for (const field of all(root, '[data-photos]')) {
    const input = field.querySelector('input[type="file"]');
    const list = field.querySelector('.photo-list');
    const wrong = field.querySelector('.wrong');
    input.addEventListener('change', async () => {
      await shrink(input);
      show(field, [...input.files], list, wrong);
    });
  }
}

// Over a slow line goes what somebody can see, and not all that a camera took.
async function shrink(input) {
  const files = [...input.files];
  const small = await Promise.all(files.map(scaled));
  // Chosen anew meanwhile, or nothing to gain.
  if (files.some((file, at) => file !== input.files[at]) || small.every((file, at) => file === files[at])) return;
  const sent = new DataTransfer();
  for (const [at, file] of small.entries()) {
    const name = file.name ?? files[at].name.replace(/\.\w+$/, '.jpg');
    sent.items.add(new File([file], name, { type: file.type }));
  }
  input.files = sent.files;
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
