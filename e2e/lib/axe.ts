// What axe finds on a page, as sentences that name the rule and the element.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return found.violations.flatMap((violation) =>
    violation.nodes.map((node) => {
      const why = node.any.concat(node.all, node.none).map((check) => check.message);
      return `${violation.id}: ${node.target.join(' ')}: ${why[0] ?? violation.help}`;
    }),
  );
}
