// The outdoor pages of a running town as a slow phone meets them: Lighthouse in Debian's
// Chromium, throttled for real (400 kbit/s, 400 ms, a processor six times slower). Prints a line
// of a table for each page: what came over the wire at the first visit and at the next, when its
// largest part was seen and all was quiet, and both scores. `cargo xtask bench outdoors` starts this.
//
// One more page: a line in PAGES; `find` follows the first link of that kind on it.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { chromium } from '@playwright/test';

const TOWN = process.env.HUIYIN_TOWN;
const PASSWORD = 'huiyin-demo-town';
/** Of so many first visits the one in the middle is told. */
const FIRST_VISITS = 3;
const PORT = Number(process.env.CHROMIUM_PORT ?? 9333);

const PAGES = [
  { name: 'say it', path: '/' },
  { name: 'sign in', path: '/desk/sign-in' },
  { name: 'inbox', path: '/desk', as: 'grid-worker' },
  { name: 'a case', path: '/desk', as: 'grid-worker', find: 'a[href*="/desk/cases/"]' },
  { name: 'write down', path: '/desk/new', as: 'grid-worker' },
  { name: 'today', path: '/desk/today', as: 'grid-worker' },
  { name: 'a round', path: '/desk/today', as: 'grid-worker', find: 'a[href^="/desk/rounds/"]' },
  { name: 'tasks', path: '/desk/tasks', as: 'grid-worker' },
  { name: 'a task to report', path: '/desk/tasks', as: 'grid-worker', find: 'main a[href*="/desk/tasks/"][href$="990121001001001"]' },
  { name: 'what waits', path: '/waiting', as: 'grid-worker' },
  { name: 'contact card', path: '/grid/990121001001001' },
  { name: 'seen in passing', path: '/p/990121001001001', find: 'a:has-text("路过"), a:has-text("Something wrong here")' },
  { name: 'guide', path: '/guide' },
];

const SLOW_PHONE = {
  extends: 'lighthouse:default',
  settings: {
    onlyCategories: ['performance', 'accessibility'],
    formFactor: 'mobile',
    screenEmulation: { mobile: true, width: 390, height: 844, deviceScaleFactor: 2 },
    throttlingMethod: 'devtools',
    throttling: {
      requestLatencyMs: 400,
      downloadThroughputKbps: 400,
      uploadThroughputKbps: 400,
      cpuSlowdownMultiplier: 6,
    },
    disableStorageReset: true,
  },
};

const { default: lighthouse } = await import(
  pathToFileURL(createRequire(join(process.env.LIGHTHOUSE, 'package.json')).resolve('lighthouse'))
);
const profile = mkdtempSync(join(tmpdir(), 'huiyin-outdoors-'));
const browser = spawn(
  process.env.CHROMIUM ?? '/usr/bin/chromium',
  ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-quic',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    `--remote-debugging-port=${PORT}`, `--user-data-dir=${profile}`, 'about:blank'],
  { stdio: 'ignore' },
);
try {
  await answering();
  for (const page of PAGES) await measure(page);
} finally {
  const gone = new Promise((done) => browser.once('exit', done));
  browser.kill('SIGTERM');
  await gone;
  rmSync(profile, { recursive: true, force: true });
}

async function answering() {
  for (let tries = 0; tries < 200; tries += 1) {
    const there = await fetch(`http://127.0.0.1:${PORT}/json/version`).then(() => true, () => false);
    if (there) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('Chromium does not answer');
}

/** The address behind a page's name, in a browser that is signed in as who reads it. */
async function address({ path, as, find }) {
  const remote = await chromium.connectOverCDP(`http://127.0.0.1:${PORT}`);
  try {
    const context = remote.contexts()[0];
    const page = await context.newPage();
    await context.clearCookies();
    if (as) {
      await page.goto(`${TOWN}/desk/sign-in`);
      await page.locator('[name=login]').fill(as);
      await page.locator('[name=password]').fill(PASSWORD);
      await page.locator('[name=password]').press('Enter');
      await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    }
    await page.goto(TOWN + path);
    const href = find ? await page.locator(find).first().getAttribute('href') : page.url();
    await page.close();
    return new URL(href, TOWN).href;
  } finally {
    await remote.close();
  }
}

async function measure(page) {
  const url = await address(page);
  const visits = [];
  for (let round = 0; round < FIRST_VISITS; round += 1) {
    await forget(page);
    visits.push(await visit(url));
  }
  const next = await visit(url);
  const seen = (lhr) => lhr.audits['largest-contentful-paint'].numericValue;
  const first = visits.sort((one, other) => seen(one) - seen(other))[(FIRST_VISITS - 1) / 2];
  const seconds = (audit) => (first.audits[audit].numericValue / 1000).toFixed(1);
  const score = (name) => Math.round(first.categories[name].score * 100);
  console.log(
    `| ${page.name} | ${kib(first)} KiB, then ${kib(next)} KiB` +
      ` | seen in ${seconds('largest-contentful-paint')} s, quiet in ${seconds('interactive')} s | performance ${score('performance')}, accessibility ${score('accessibility')} |`,
  );
  for (const audit of Object.values(first.audits)) {
    if (audit.score === 0 && audit.scoreDisplayMode === 'binary') console.error(`${page.name}: ${audit.id}: ${audit.title}`);
  }
}

/** Empties the browser's own store of files, and forgets that it was here if nobody is signed in: the next visit is the first one. */
async function forget({ as }) {
  const remote = await chromium.connectOverCDP(`http://127.0.0.1:${PORT}`);
  try {
    const page = await remote.contexts()[0].newPage();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.clearBrowserCache');
    if (!as) await session.send('Network.clearBrowserCookies');
    await session.send('Storage.clearDataForOrigin', { origin: TOWN, storageTypes: 'cache_storage,service_workers' });
    await page.close();
  } finally {
    await remote.close();
  }
}

async function visit(url) {
  const result = await lighthouse(url, { port: PORT, logLevel: 'error', output: 'json' }, SLOW_PHONE);
  if (result.lhr.runtimeError) throw new Error(`${url}: ${result.lhr.runtimeError.message}`);
  return result.lhr;
}

function kib(lhr) {
  return (lhr.audits['total-byte-weight'].numericValue / 1024).toFixed(1);
}
