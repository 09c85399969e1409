// What the pages can do better with JavaScript. Every page works without it.
// To add one: a file in js/ that looks for its own data-attribute, and a line here.

import { copyButtons } from './js/copy.js';
import { drafts } from './js/drafts.js';
import { here } from './js/here.js';
import { keys } from './js/keys.js';
import { later } from './js/later.js';
import { live } from './js/live.js';
import { once } from './js/once.js';
import { photos } from './js/photos.js';
import { rail } from './js/rail.js';

document.documentElement.classList.add('js');

later(document, document.currentScript.dataset);
keys(document);
once(document);
rail(document);

const dress = (root) => {
  copyButtons(root);
  drafts(root);
  here(root);
  live(root);
  photos(root);
};
dress(document);
document.addEventListener('swapped', ({ detail }) => dress(detail));
