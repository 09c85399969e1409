// Makes dist/ from src/: the style sheets, the scripts, one sprite, the marks.
// Run with `npm ci && npm run build`; what it writes is committed.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { compile } from 'sass';

// Phones that are still carried: nothing younger is needed to read a page.
const TARGET = ['chrome87', 'safari14', 'firefox85'];
const GZIP_BYTES_MAX = { 'app.css': 14 * 1024, 'app.js': 6 * 1024, 'swap.js': 20 * 1024, 'queue.js': 8 * 1024, 'hands.js': 4 * 1024, 'sw.js': 5 * 1024, 'map.css': 12 * 1024, 'map.js': 330 * 1024, 'map-worker.js': 160 * 1024, 'checks.svg': 6 * 1024, 'papers.svg': 6 * 1024 };

const at = (path) => new URL(path, import.meta.url).pathname;
const read = (path) => readFileSync(at(path), 'utf8');

// What older phones would not understand comes only from Tabler and is said
// anew in our own parts, so it can go.
function withoutYoungColours(css) {
  return css.replace(/[\w-]+\s*:[^;{}]*(?:light-dark|color-mix|oklch)\([^;{}]*;?/g, '');
}

// Tables of Tabler that no page of ours has.
const UNUSED = /\.table-(?:group-divider|sm|bordered|borderless|striped|striped-columns|active|hover|responsive)\b/;

function withoutUnused(css) {
  const needed = (selectors) => selectors.split(',').some((selector) => !UNUSED.test(selector));
  return css.replace(/([^{}@;]+)\{[^{}]*\}/g, (rule, selectors) => (needed(selectors) ? rule : ''));
}

async function styles(entry, before = '') {
  const { css } = compile(at(`src/${entry}`), { loadPaths: [at('node_modules')], quietDeps: true });
  const { code } = await transform(before + withoutUnused(withoutYoungColours(css)), {
    loader: 'css',
    minify: true,
    target: TARGET,
    legalComments: 'none',
  });
  return code;
}

// The worker of the map is a file of its own, as the policy of the pages wants it; it is as its
// makers built it, but for the older syntax.
async function mapWorker() {
  const { code } = await transform(read('node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs'), {
    format: 'esm',
    minify: true,
    target: ['es2020'],
    legalComments: 'none',
  });
  return code.replace(/\n?\/\/# sourceMappingURL=.*$/m, '');
}

async function script(entry) {
  const { outputFiles } = await build({
    entryPoints: [at(`src/${entry}`)],
    bundle: true,
    format: 'iife',
    minify: true,
    target: ['es2020'],
    write: false,
    legalComments: 'none',
    // Where the map's own file lies is said to it by the page.
    define: { 'import.meta.url': '""' },
  });
  return outputFiles[0].text;
}

function sprite() {
  const names = read('src/icons.txt').split(/\s+/).filter(Boolean);
  const symbols = names.map((name) => {
    const svg = read(`node_modules/@tabler/icons/icons/outline/${name}.svg`);
    const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
    const paths = body.replace(/<path stroke="none"[^>]*\/>/, '').replace(/\s+/g, ' ').replace(/ \/>/g, '/>').trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${paths}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`;
}

// How it is right, and how it is wrong: told by the shape of the sign before its colour.
const SIGNS = {
  right: '<circle cx="82" cy="58" r="13" fill="var(--done)" stroke="var(--surface)" stroke-width="3"/><path d="M76 58l4 5 8-10" stroke="var(--surface)" stroke-width="3.5"/>',
  wrong: '<path d="M69 45h26v26H69z" fill="var(--late)" stroke="var(--surface)" stroke-width="3"/><path d="M77 53l10 10m0-10L77 63" stroke="var(--surface)" stroke-width="3.5"/>',
};

// Drawings of one size and one weight, in the colours of the page around them.
function drawings(folder) {
  const symbols = readdirSync(at(`src/drawings/${folder}`)).sort().map((file) => {
    const name = file.replace(/\.svg$/, '');
    const body = read(`src/drawings/${folder}/${file}`).replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '').replace(/\n/g, '');
    return `<symbol id="${name}" viewBox="-3 -3 104 78">${body}${SIGNS[name.split('-').at(-1)] ?? ''}</symbol>`;
  });
  if (folder === 'checks') for (const [name, sign] of Object.entries(SIGNS)) symbols.push(`<symbol id="sign-${name}" viewBox="66 42 32 32">${sign}</symbol>`);
  const pen = 'fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"';
  const drawn = symbols.map((symbol) => symbol.replace(' viewBox', ` ${pen} viewBox`));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${drawn.join('\n')}\n</svg>\n`;
}

const files = {
  'app.css': await styles('app.scss', read('src/theme.css')),
  'app.js': await script('app.js'),
  'swap.js': await script('swap.js'),
  'queue.js': await script('queue.js'),
  'hands.js': await script('hands.js'),
  'sw.js': await script('sw.js'),
  'map.css': await styles('map.scss'),
  'map.js': await script('map.js'),
  'map-worker.js': await mapWorker(),
  'icons.svg': sprite(),
  'checks.svg': drawings('checks'),
  'papers.svg': drawings('papers'),
  'logo.svg': read('src/marks/logo.svg'),
  'favicon.svg': read('src/marks/favicon.svg'),
};

mkdirSync(at('dist'), { recursive: true });
let tooLarge = false;
for (const [name, text] of Object.entries(files)) {
  writeFileSync(at(`dist/${name}`), text);
  const bytes = gzipSync(text, { level: 9 }).length;
  const over = bytes > (GZIP_BYTES_MAX[name] ?? Infinity);
  tooLarge ||= over;
  console.log(`${name.padEnd(12)} ${String(text.length).padStart(7)} bytes, ${bytes} gzipped${over ? ' – too large' : ''}`);
}
// Drawn from favicon.svg once, for those who install the house on a phone.
for (const side of [180, 192, 512]) copyFileSync(at(`src/marks/icon-${side}.png`), at(`dist/icon-${side}.png`));
if (tooLarge) process.exit(1);
