// Journeys in a real browser. Run all of this by `cargo xtask test --only browser`, or here,
// after `npm ci` and `cargo build`, by `npx playwright test`.

import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'journeys',
  outputDir: '../target/e2e',
  timeout: 120_000,
  expect: { timeout: 10_000 },
  workers: 2,
  // Once more, in a town of its own: `cargo xtask test` names at its end what needed it.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    locale: 'zh-CN',
    contextOptions: { reducedMotion: 'reduce' },
    timezoneId: 'Asia/Shanghai',
    // A trace of each takes a twentieth of the time; `--trace retain-on-failure` makes them.
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
