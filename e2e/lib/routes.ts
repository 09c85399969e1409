// The pages there are, read from the table of routes itself.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const TABLE = resolve(import.meta.dirname, '../../crates/web/src/routes.rs');

/** Every path that is asked for with GET, as the table writes it: `/my/{case}`. */
export function paths(): string[] {
  const table = readFileSync(TABLE, 'utf8');
  return [...table.matchAll(/\bget\("([^"]+)"/g)].map((row) => row[1]);
}

/** The path of the table to which this address leads; plain paths go before patterns. */
export function pathOf(address: string, all: string[]): string | undefined {
  const sorted = [...all].sort((a, b) => a.split('{').length - b.split('{').length);
  return sorted.find((path) => {
    const pattern = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+');
    return new RegExp(`^${pattern}$`).test(address);
  });
}
