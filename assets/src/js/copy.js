// data-copy="text" data-copied="Copied": shown only where it can work.
// data-print: prints the page.
import { all } from './all.js';

export function copyButtons(root) {
  for (const button of all(root, '[data-copy]')) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    const label = button.querySelector('span') ?? button;
    const text = label.textContent;
    label.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch {
        return; // Not allowed here: the text itself can still be marked and copied.
      }
      label.textContent = button.dataset.copied;
      setTimeout(() => (label.textContent = text), 2500);
    });
  }
  for (const button of all(root, '[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
}
