// What axe finds on a page, as sentences that name the rule and the element.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Page } from '@playwright/test';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Check = { message: string };
type Node = { target: string[]; any: Check[]; all: Check[]; none: Check[] };
type Found = { violations: { id: string; help: string; nodes: Node[] }[] };

/** Our pages have no frames, so axe runs in the page itself, once for each state of it. */
export async function violations(page: Page): Promise<string[]> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: { run(root: Document, how: object): Promise<Found> } };
    const found = await axe.run(document, {
      runOnly: { type: 'tag', values: rules },
      resultTypes: ['violations'],
    });
    return found.violations.flatMap((violation) =>
      violation.nodes.map((node) => {
        const why = [...node.any, ...node.all, ...node.none].map((check) => check.message);
        return `${violation.id}: ${node.target.join(' ')}: ${why[0] ?? violation.help}`;
      }),
    );
  }, RULES);
}
