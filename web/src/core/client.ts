// Asks the worker. Of questions on one channel only the latest counts: a newer one drops the one that waits,
// and the answer of the one that runs.

import type { Answer, Ask, Methods } from './protocol';

/** What the client needs of a Worker. */
export interface Port {
  postMessage(message: Ask): void;
  addEventListener(type: 'message', listener: (event: { data: Answer }) => void): void;
  addEventListener(type: 'error', listener: (event: { message?: string }) => void): void;
}

/** The answer of a question that a newer one overtook. */
export const STALE = Symbol('stale');
export type Stale = typeof STALE;

interface Question {
  method: keyof Methods;
  args: unknown[];
  resolve: (value: unknown) => void;
  reject: (reason: Error) => void;
}

interface Channel {
  running: Question;
  next: Question | undefined;
}

/** The core behind a worker. */
export class Client {
  readonly #port: Port;
  readonly #channels = new Map<string, Channel>();
  readonly #sent = new Map<number, string>();
  #last = 0;

  constructor(port: Port) {
    this.#port = port;
    port.addEventListener('message', (event) => this.#answered(event.data));
    port.addEventListener('error', (event) => this.#broke(event.message ?? 'the worker stopped'));
  }

  /** Asks on `channel`; `STALE` when a newer question on it came first. */
  ask<M extends keyof Methods>(
    channel: string,
    method: M,
    ...args: Parameters<Methods[M]>
  ): Promise<ReturnType<Methods[M]> | Stale> {
    return new Promise((resolve, reject) => {
      const question: Question = { method, args, resolve: resolve as Question['resolve'], reject };
      const busy = this.#channels.get(channel);
      if (busy === undefined) {
        this.#send(channel, question);
        return;
      }
      busy.next?.resolve(STALE);
      busy.next = question;
    });
  }

  #send(channel: string, question: Question): void {
    this.#channels.set(channel, { running: question, next: undefined });
    const id = ++this.#last;
    this.#sent.set(id, channel);
    this.#port.postMessage({ id, method: question.method, args: question.args });
  }

  #answered(answer: Answer): void {
    const name = this.#sent.get(answer.id);
    const channel = name === undefined ? undefined : this.#channels.get(name);
    if (name === undefined || channel === undefined) return;
    this.#sent.delete(answer.id);
    this.#channels.delete(name);
    const { running, next } = channel;
    if (next !== undefined) this.#send(name, next);
    if (next !== undefined) running.resolve(STALE);
    else if (answer.ok) running.resolve(answer.value);
    else running.reject(new Error(answer.error));
  }

  #broke(message: string): void {
    for (const { running, next } of this.#channels.values()) {
      running.reject(new Error(message));
      next?.reject(new Error(message));
    }
    this.#channels.clear();
    this.#sent.clear();
  }
}
