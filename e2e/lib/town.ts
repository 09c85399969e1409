// A town of its own for each worker: `huiyin demo`, in which nobody acts but the journeys.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const BINARY = process.env.HUIYIN_BIN ?? resolve(import.meta.dirname, '../../target/debug/huiyin');
const PATIENCE_MS = 120_000;

/** A running town. */
export class Town {
  private constructor(
    /** Where it answers, without a slash at the end. */
    readonly url: string,
    /** A service token with every scope. */
    readonly token: string,
    private readonly folder: string | undefined,
    private server: ChildProcess | undefined,
  ) {}

  /** The house is cut off its power, and comes up again on what is on its disk. */
  async crash(): Promise<void> {
    const { server, folder } = this;
    if (!server || !folder) throw new Error('only a town of our own is killed');
    server.removeAllListeners('exit');
    const gone = new Promise((done) => server.once('exit', done));
    server.kill('SIGKILL');
    await gone;
    const address = new URL(this.url).host;
    const out = openSync(join(folder, 'log'), 'a');
    const options = ['demo', '--quiet-town', '--listen', address, '--data', join(folder, 'data')];
    this.server = spawn(BINARY, options, { stdio: ['ignore', out, out] });
    await answered(address, join(folder, 'data', 'api-token'));
  }

  /** Starts one, or takes the one at `HUIYIN_TOWN` that somebody left running. */
  static async start(): Promise<Town> {
    const running = process.env.HUIYIN_TOWN;
    if (running) return new Town(running, '', undefined, undefined);
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-e2e-'));
    const port = await freePort();
    const log = join(folder, 'log');
    const out = openSync(log, 'a');
    const address = `127.0.0.1:${port}`;
    const options = ['demo', '--quiet-town', '--listen', address, '--data', join(folder, 'data')];
    const server = spawn(BINARY, options, { stdio: ['ignore', out, out] });
    const ended = new Promise<never>((_, reject) => {
      server.on('error', reject);
      server.on('exit', (code) => reject(new Error(`the town ended (${code}):\n${readFileSync(log)}`)));
    });
    ended.catch(() => {});
    try {
      const token = await Promise.race([answered(address, join(folder, 'data', 'api-token')), ended]);
      return new Town(`http://${address}`, token, folder, server);
    } catch (error) {
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async stop(): Promise<void> {
    const { server, folder } = this;
    if (!server || !folder) return;
    server.removeAllListeners('exit');
    const gone = new Promise((done) => server.once('exit', done));
    server.kill('SIGTERM');
    const late = setTimeout(() => server.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(late);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until the town answers; gives the token that the demo writes. */
async function answered(address: string, tokenFile: string): Promise<string> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    try {
      const token = readFileSync(tokenFile, 'utf8').trim();
      const answer = await fetch(`http://${address}/api/v1/openapi.json`);
      if (answer.ok && token) return token;
    } catch {
      // Not there yet.
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`the town does not answer after ${PATIENCE_MS / 1000} s`);
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => found(port));
    });
  });
}
