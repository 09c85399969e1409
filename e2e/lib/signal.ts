// The air between a phone and the house: there, gone, cut in the middle, or such that a request
// arrives several times and in another order than it was sent.

import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Way = 'clear' | 'none' | 'repeating';

export class Signal {
  way: Way = 'clear';
  /** So many more requests that write get through; then the answer of the next one is lost, and nothing gets through. */
  left = Infinity;
  /** What happens when the last one is through. */
  atTheCut: () => void = () => {};
  /** How often the house was asked to write something. */
  writes = 0;
  readonly sizes: { path: string; bytes: number }[] = [];
  private shuffle = 7;

  private constructor(
    readonly url: string,
    private readonly house: string,
    private readonly server: Server,
  ) {}

  static async before(house: string): Promise<Signal> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const signal = new Signal(`http://127.0.0.1:${port}`, house, server);
    server.on('request', (asked, answer) => void signal.pass(asked, answer));
    return signal;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private chance(below: number): number {
    this.shuffle = (this.shuffle * 1103515245 + 12345) % 2147483648;
    return this.shuffle % below;
  }

  private async pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (this.way === 'none') return void asked.socket.destroy();
    const parts: Buffer[] = [];
    for await (const part of asked) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const writes = asked.method === 'POST' && 'x-queue-id' in asked.headers;
    if (writes) this.writes += 1;
    const times = writes && this.way === 'repeating' ? 1 + this.chance(5) : 1;
    const deliveries = Array.from({ length: times }, async (_, time) => {
      if (time > 0) await new Promise((done) => setTimeout(done, this.chance(80)));
      return this.deliver(asked, body);
    });
    // Any of the answers may be the one that arrives.
    const answers = await Promise.allSettled(deliveries);
    if (writes && this.left-- <= 0) {
      this.way = 'none';
      this.atTheCut();
      return void asked.socket.destroy();
    }
    const got = answers[this.chance(times)];
    if (got.status === 'rejected') return void asked.socket.destroy();
    const { status, headers, content } = got.value;
    this.sizes.push({ path: asked.url ?? '', bytes: content.length });
    answer.writeHead(status, headers);
    answer.end(content);
  }

  private deliver(asked: IncomingMessage, body: Buffer) {
    type Got = { status: number; headers: IncomingMessage['headers']; content: Buffer };
    return new Promise<Got>((done, failed) => {
      const on = request(this.house + asked.url, { method: asked.method, headers: asked.headers }, async (back) => {
        const parts: Buffer[] = [];
        try {
          for await (const part of back) parts.push(part as Buffer);
        } catch (error) {
          return failed(error as Error);
        }
        done({ status: back.statusCode ?? 502, headers: back.headers, content: Buffer.concat(parts) });
      });
      on.on('error', failed);
      on.end(body);
    });
  }
}
