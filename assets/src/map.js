// Maps: only the pages that have one load this file. Whatever a map shows also stands beside it
// as a list, so a page is whole without it.
// To add a sort of map: a file in map/ that dresses what the page marks with its own attribute.

import { close } from './map/base.js';
import { drawing } from './map/draw.js';
import { shown } from './map/shown.js';

for (const box of document.querySelectorAll('[data-map]')) {
  const open = box.hasAttribute('data-draw') ? drawing : shown;
  try {
    open(box);
  } catch (fault) {
    close(box, fault);
  }
}
