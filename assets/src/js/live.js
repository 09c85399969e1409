// [data-live="/address"]: what the server sends stands in the element as it happens. The
// browser reconnects by itself; when the server has refused it, the page asks anew.

const AGAIN_MS = 30_000;

export function live(root) {
  for (const element of root.querySelectorAll('[data-live]')) {
    const source = new EventSource(element.dataset.live);
    source.addEventListener('picture', (event) => {
      element.innerHTML = event.data;
    });
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), AGAIN_MS);
    });
  }
}
