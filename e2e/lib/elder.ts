// What the elder view promises, measured: text of 18 pt, targets of 60 px, lines that breathe.

import type { Page } from '@playwright/test';

const TEXT_PX_MIN = 24;
const TARGET_PX_MIN = 60;
const LINE_MIN = 1.3;

/** Every element that keeps a promise badly, as a sentence. */
export function broken(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ text, target, line }) => {
      const faults = new Set<string>();
      const name = (element: Element) => {
        const words = (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 24);
        return `${element.tagName.toLowerCase()}.${element.className} “${words}”`;
      };
      const shown = (element: Element) => {
        const box = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        const clipped = box.width <= 2 || box.height <= 2;
        return !clipped && style.visibility === 'visible' && element.checkVisibility();
      };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!element || !walker.currentNode.textContent?.trim() || !shown(element)) continue;
        if (element.closest('svg, script, style, option, [aria-hidden="true"]')) continue;
        const style = getComputedStyle(element);
        const size = parseFloat(style.fontSize);
        const height = style.lineHeight === 'normal' ? 1.2 : parseFloat(style.lineHeight) / size;
        if (size < text - 0.5) faults.add(`${name(element)}: text of ${size} px`);
        if (height < line - 0.01) faults.add(`${name(element)}: lines of ${height.toFixed(2)}`);
      }
      const targets = 'button, summary, select, textarea, a[class*="btn"], input:not([type="hidden"])';
      for (const element of document.querySelectorAll(targets)) {
        // A box to tick is as large as the label around it.
        const tick = element.matches('[type="checkbox"], [type="radio"], [type="file"]');
        const aim = tick ? (element.closest('label') ?? element.parentElement ?? element) : element;
        if (!shown(aim)) continue;
        const height = aim.getBoundingClientRect().height;
        if (height < target - 0.5) faults.add(`${name(aim)}: target of ${height.toFixed(0)} px`);
      }
      return [...faults];
    },
    { text: TEXT_PX_MIN, target: TARGET_PX_MIN, line: LINE_MIN },
  );
}
