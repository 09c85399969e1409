// What a page needs only after it is seen: fetched when the first picture of it stands, so that
// on a slow line the words come first. `<script data-swap="…" data-queue="…">` says where it lies.

const PATIENCE_MS = 3000;

const script = (src) =>
  new Promise((done) => {
    const element = document.createElement('script');
    element.src = src;
    element.addEventListener('load', done);
    element.addEventListener('error', done);
    document.head.append(element);
  });

// A page that was kept, or a tab that nobody looks at, paints nothing that would be waited for.
const painted = () =>
  new Promise((done) => {
    if (document.hidden || document.querySelector('meta[name="kept"]')) done();
    else requestAnimationFrame(() => setTimeout(done));
  });

// htmx dresses a page that is whole.
const whole = () =>
  new Promise((done) => {
    if (document.readyState === 'complete') done();
    else window.addEventListener('load', done, { once: true });
  });

export function later(document, { swap, queue }) {
  const swaps = document.querySelector('[hx-get], [hx-post], [data-here]');
  if (swaps) whole().then(painted).then(() => script(swap));
  if (!queue) return;
  let come = false;
  const coming = painted().then(() => script(queue));
  const soon = Promise.race([coming, new Promise((done) => setTimeout(done, PATIENCE_MS))]).then(() => {
    come = true;
  });
  // Pressed before its script is there: the form waits for it, and is then sent as it was pressed.
  const waits = (event) => {
    const form = event.target;
    if (come || !form.matches('[data-queue]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    soon.then(() => form.requestSubmit(event.submitter));
  };
  document.addEventListener('submit', waits, true);
}
