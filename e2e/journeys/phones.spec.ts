// Many phones at once against the house itself: every form is delivered several times, in
// another order than it was written, cut at either end, while the house is killed; each is
// applied once, and the end is what a model says. `HUIYIN_PHONES=1000x50` for a large run; what
// is asked of each answer is no step of the report, which would grow slower with every one.

import assert from 'node:assert/strict';
import { request as ask } from 'node:http';

import { expect, test } from '../lib/test';
import type { Town } from '../lib/town';

const [PHONES, FORMS] = (process.env.HUIYIN_PHONES ?? '50x20').split('x').map(Number);
const LOGINS = ['grid-worker', 'operator'];
const AT_ONCE = 24;

/** Chance that repeats. */
class Chance {
  constructor(private state: number) {}
  below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }
  token(): string {
    return Array.from({ length: 32 }, () => this.below(16).toString(16)).join('');
  }
}

type Got = { status: number; headers: Record<string, string | string[] | undefined>; body: string };
type Session = { cookies: string; token: string; owner: string };

/** One request; `cutMs` hangs up after so long, wherever it is by then. */
function send(url: string, options: { method?: string; headers?: Record<string, string>; body?: string; cutMs?: number }): Promise<Got> {
  return new Promise((done, failed) => {
    const { method = 'GET', headers = {}, body, cutMs } = options;
    const on = ask(url, { method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
      answer.on('error', failed);
    });
    on.on('error', failed);
    if (cutMs !== undefined) setTimeout(() => on.destroy(new Error('cut')), cutMs);
    on.end(body);
  });
}

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

function cookiesOf(got: Got): string[] {
  const set = got.headers['set-cookie'] ?? [];
  return (Array.isArray(set) ? set : [set]).map((line) => line.split(';')[0]);
}

async function signIn(town: Town, login: string): Promise<Session> {
  const page = await send(`${town.url}/desk/sign-in`, {});
  const cookies = cookiesOf(page);
  const csrf = page.body.match(/name="csrf" content="([^"]+)"/)?.[1] ?? '';
  const headers = { ...FORM, cookie: cookies.join('; ') };
  const entered = await send(`${town.url}/desk/sign-in`, { method: 'POST', headers, body: form({ csrf, login, password: 'huiyin-demo-town' }) });
  const all = [...cookies, ...cookiesOf(entered)].join('; ');
  const state = JSON.parse((await send(`${town.url}/queue/state`, { headers: { cookie: all } })).body) as { owner: string; token: string };
  return { cookies: all, token: state.token, owner: state.owner };
}

async function opens(town: Town, number: number): Promise<string> {
  const headers = { authorization: `Bearer ${town.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ kind: 'appeal', values: { description: `第${number}部手机要写的事`, place: '990121001001001' } });
  const got = await send(`${town.url}/api/v1/cases`, { method: 'POST', headers, body });
  assert.equal(got.status, 201, got.body);
  return (JSON.parse(got.body) as { id: string }).id;
}

/** `count` pieces of work, so many at a time. */
async function each(count: number, work: (number: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const number = next;
      next += 1;
      await work(number);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

test(`${PHONES} phones send ${FORMS} forms each, and every form counts once`, async ({ town }) => {
  test.setTimeout(60_000 + PHONES * FORMS * 120);
  const sessions = await Promise.all(LOGINS.map((login) => signIn(town, login)));
  const cases: string[] = [];
  await each(PHONES, async (number) => {
    cases[number] = await opens(town, number);
  });
  let applied = 0;
  let repeated = 0;
  let deliveries = 0;
  const expected: string[][] = cases.map(() => []);
  const crashAt = Math.floor((PHONES * FORMS) / 2);
  let crash: Promise<void> | undefined;

  /** Delivers a form until somebody says what became of it. */
  async function deliver(phone: number, body: string, token: string, chance: Chance): Promise<'done' | 'refused'> {
    const session = sessions[phone % sessions.length];
    const headers = {
      ...FORM,
      cookie: session.cookies,
      'x-csrf-token': session.token,
      'x-queue-id': token,
      'x-queue-owner': session.owner,
      'x-queue-made-ms': String(chance.below(8 * 60 * 60 * 1000)),
    };
    const url = `${town.url}/desk/cases/${cases[phone]}/steps/add`;
    for (let tries = 0; tries < 400; tries += 1) {
      const times = 1 + chance.below(5);
      const cuts = Array.from({ length: times }, () => (chance.below(3) === 0 ? chance.below(40) : undefined));
      deliveries += times;
      const all = await Promise.allSettled(cuts.map((cutMs) => send(url, { method: 'POST', headers, body, cutMs })));
      const told = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      for (const got of told.filter(({ status }) => status === 200)) {
        const { state, before } = JSON.parse(got.body) as { state: string; before: boolean };
        assert.equal(state, 'done');
        if (before) repeated += 1;
        else applied += 1;
      }
      if (told.some(({ status }) => status === 200)) return 'done';
      if (told.some(({ status }) => status === 422)) return 'refused';
      for (const { status } of told) assert.ok([429, 503].includes(status), String(status));
      await crash;
      await new Promise((done) => setTimeout(done, 20));
    }
    throw new Error('nobody says what became of a form');
  }

  let sent = 0;
  await each(PHONES, async (phone) => {
    const chance = new Chance(phone + 1);
    const forms = Array.from({ length: FORMS }, (_, number) => ({ text: chance.below(10) === 0 ? '' : `手机${phone}的第${number}条`, token: chance.token() }));
    forms.sort(() => chance.below(3) - 1);
    for (const { text, token } of forms) {
      sent += 1;
      if (sent === crashAt) crash = town.crash();
      const became = await deliver(phone, form({ 'f-message': text }), token, chance);
      assert.equal(became, text ? 'done' : 'refused', text);
      if (text) expected[phone].push(text);
    }
  });
  await crash;

  await each(PHONES, async (phone) => {
    const got = await send(`${town.url}/api/v1/cases/${cases[phone]}/history`, { headers: { authorization: `Bearer ${town.token}` } });
    assert.equal(got.status, 200, got.body);
    const found = got.body.match(/手机\d+的第\d+条/g) ?? [];
    assert.deepEqual(found.sort(), expected[phone].sort(), `phone ${phone}`);
  });
  const total = expected.flat().length;
  expect(applied, 'nobody is told twice that it was the first').toBeLessThanOrEqual(total);
  console.log(`${total} forms applied once by ${deliveries} deliveries; ${repeated} were told that it was done before`);
});
