// Links that carry the work in their fragment, which browsers never send: JSON, deflated, base64url.

import { type Saved, workOf } from './storage';

/** Longest text that a link is unpacked to, in bytes: a small link can hold a large text. */
const LONGEST = 32 << 20;

const PREFIX = '#s=';

/** The fragment that carries `work`. */
export async function pack(work: Saved): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify({ v: 1, ...work }));
  const packed = await collect(new Blob([json]).stream().pipeThrough(new CompressionStream('deflate-raw')), Infinity);
  return PREFIX + toBase64Url(packed);
}

/** What `fragment` carries; `undefined` when it is no share link, an error when it is a damaged one. */
export async function unpack(fragment: string): Promise<Saved | undefined> {
  if (!fragment.startsWith(PREFIX)) return undefined;
  const packed = fromBase64Url(fragment.slice(PREFIX.length));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await collect(unpacked, LONGEST)));
  const work = workOf(value);
  if (work === undefined) throw new Error('the link holds no text');
  return work;
}

async function collect(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new Error('the link holds more than can be shown');
    }
    parts.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
