// [data-sign]: somebody signs with a finger, a pen or the mouse. Black on white, in every theme:
// it is looked at on paper, too.
import { give } from './give.js';

// Shorter than this it was a touch and no signature, in pixels of the page.
const LEAST = 40;
const WIDTH = 2.5;

const made = (name, attributes = {}) => Object.assign(document.createElement(name), attributes);

export function sign(field, words) {
  const input = field.querySelector('input[type="file"]');
  const paper = field.querySelector('details');
  const pad = made('div', { className: 'sign' });
  const canvas = made('canvas', { className: 'sign-pad' });
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', words.signHere);
  const state = made('span', { className: 'muted', textContent: words.signHere });
  state.setAttribute('role', 'status');
  const clear = made('button', { type: 'button', className: 'btn btn-quiet', textContent: words.signClear, hidden: true });
  const below = made('p', { className: 'sign-below' });
  below.append(state, clear);
  pad.append(canvas, below);
  field.prepend(pad);
  if (paper) paper.open = false;

  const ink = canvas.getContext('2d');
  let length = 0;
  let last;
  // Whether what the input holds was drawn here, and is no photo of a paper.
  let isDrawn = false;
  // How large the pad was when it was opened: a phone may be turned while somebody signs.
  let size = { width: 1, height: 1 };

  // The page may have been folded away when this began: it has its size when it is touched.
  function open() {
    const { width, height } = (size = canvas.getBoundingClientRect());
    const scale = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    ink.scale(scale, scale);
    ink.fillStyle = '#fff';
    ink.fillRect(0, 0, width, height);
    ink.strokeStyle = ink.fillStyle = '#111';
    ink.lineWidth = WIDTH;
    ink.lineCap = ink.lineJoin = 'round';
    length = 0;
  }

  function empty() {
    open();
    if (isDrawn) give(input, []);
    isDrawn = false;
    state.textContent = words.signHere;
    clear.hidden = true;
  }

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * size.width) / box.width, ((event.clientY - box.top) * size.height) / box.height];
  };

  // At once, and not in a moment: the form may be sent in the next.
  function keep() {
    if (length < LEAST) {
      state.textContent = words.signMore;
      return;
    }
    const bytes = atob(canvas.toDataURL('image/png').split(',')[1]);
    const picture = Uint8Array.from(bytes, (one) => one.charCodeAt(0));
    give(input, [new File([picture], 'signature.png', { type: 'image/png' })]);
    isDrawn = true;
    const list = field.querySelector('.photo-list');
    if (list) list.hidden = true;
    if (paper) paper.open = false;
    state.textContent = words.signDone;
  }

  canvas.addEventListener('pointerdown', (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    if (!length) open();
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
    ink.beginPath();
    ink.arc(...last, WIDTH / 2, 0, 2 * Math.PI);
    ink.fill();
    clear.hidden = false;
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!last) return;
    const points = event.getCoalescedEvents?.() ?? [];
    for (const point of points.length ? points : [event]) {
      const next = at(point);
      ink.beginPath();
      ink.moveTo(...last);
      ink.lineTo(...next);
      ink.stroke();
      length += Math.hypot(next[0] - last[0], next[1] - last[1]);
      last = next;
    }
  });
  const lifted = () => {
    if (!last) return;
    last = undefined;
    keep();
  };
  canvas.addEventListener('pointerup', lifted);
  canvas.addEventListener('pointercancel', lifted);
  clear.addEventListener('click', empty);
  // A photo of the paper takes the place of what was drawn.
  input.addEventListener('change', () => {
    if (!input.files.length) return;
    isDrawn = false;
    open();
    clear.hidden = true;
    state.textContent = words.signPaper;
  });
}
