import { describe, expect, it } from 'vitest';

import { Client, type Port, STALE } from '../../src/core/client';
import type { Answer, Ask } from '../../src/core/protocol';

/** A worker that answers when told to. */
class Held implements Port {
  readonly asked: Ask[] = [];
  #listen: (event: { data: Answer }) => void = () => undefined;
  #fail: (event: { message?: string }) => void = () => undefined;
  postMessage(message: Ask): void {
    this.asked.push(message);
  }
  addEventListener(type: string, listener: never): void {
    if (type === 'message') this.#listen = listener;
    else this.#fail = listener;
  }
  answer(value: unknown): void {
    const ask = this.asked.shift();
    if (ask !== undefined) this.#listen({ data: { id: ask.id, ok: true, value } });
  }
  refuse(error: string): void {
    const ask = this.asked.shift();
    if (ask !== undefined) this.#listen({ data: { id: ask.id, ok: false, error } });
  }
  break(): void {
    this.#fail({ message: 'gone' });
  }
}

describe('Client', () => {
  it('drops what newer questions overtook, waiting and running', async () => {
    const port = new Held();
    const client = new Client(port);
    const answers = ['a', 'b', 'c'].map((text) => client.ask('text', 'format', text));
    expect(port.asked.map((ask) => ask.args)).toEqual([['a']]);
    port.answer('A');
    expect(port.asked.map((ask) => ask.args)).toEqual([['c']]);
    port.answer('C');
    expect(await Promise.all(answers)).toEqual([STALE, STALE, 'C']);
  });

  it('lets channels be', async () => {
    const port = new Held();
    const client = new Client(port);
    const one = client.ask('one', 'format', 'a');
    const two = client.ask('two', 'format', 'b');
    port.answer('A');
    port.answer('B');
    expect(await Promise.all([one, two])).toEqual(['A', 'B']);
  });

  it('passes refusals on and can be asked again', async () => {
    const port = new Held();
    const client = new Client(port);
    const refused = client.ask('one', 'format', 'a');
    port.refuse('no');
    await expect(refused).rejects.toThrow('no');
    const again = client.ask('one', 'format', 'b');
    port.answer('B');
    expect(await again).toBe('B');
  });

  it('tells all who wait when the worker breaks', async () => {
    const port = new Held();
    const client = new Client(port);
    const all = [client.ask('one', 'format', 'a'), client.ask('one', 'format', 'b')];
    port.break();
    for (const one of all) await expect(one).rejects.toThrow('gone');
  });
});
