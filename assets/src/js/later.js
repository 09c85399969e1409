// What a page needs only after it is seen: fetched when the first picture of it stands, so that
// on a slow line the words come first. `<script data-swap="…" data-queue="…">` says where it lies.

const PATIENCE_MS = 3000;

const script = (src) =>
  new Promise((done) => {
    const element = document.createElement('script');
    element.src = src;
    element.addEventListener('load', () => done(true));
    element.addEventListener('error', () => done(false));
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

// From then on a page is used and no longer only seen.
const touched = () =>
  new Promise((done) => {
    if (document.activeElement?.matches('input, textarea, select')) done();
    for (const kind of ['focusin', 'input', 'keydown', 'pointerdown']) {
      document.addEventListener(kind, done, { once: true, capture: true });
    }
  });

// It lies on the phone when the page is touched, and is read then: on a slow phone htmx takes as
// long as the rest of the page. What was typed by then it asks about when it comes; so what asks
// while one types takes the place of the button that asks from the start.
async function swapping(src) {
  const { classList } = document.documentElement;
  const seen = whole().then(painted);
  if (document.querySelector('[hx-trigger^="every"]')) return seen.then(() => script(src));
  classList.add('swaps');
  const touch = touched();
  await Promise.race([touch, seen]);
  document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: src }));
  await Promise.all([touch, whole()]);
  if (!(await script(src))) classList.remove('swaps');
}

export function later(document, { swap, queue }) {
  if (document.querySelector('[hx-get], [hx-post]')) swapping(swap);
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
