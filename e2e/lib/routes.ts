// The pages there are, read from the table of routes itself.

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const TABLE = resolve(import.meta.dirname, '../../crates/web/src/routes.rs');
/** The rows of single areas. */
const AREAS = resolve(import.meta.dirname, '../../crates/web/src/routes');

/** Every path that is asked for with GET, as the table writes it: `/my/{case}`. */
export function paths(): string[] {
  const files = [TABLE, ...readdirSync(AREAS).map((name) => resolve(AREAS, name))];
  const table = files.map((file) => readFileSync(file, 'utf8')).join('\n');
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
