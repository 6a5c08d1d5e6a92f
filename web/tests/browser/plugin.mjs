// Starts `kubectl gwchain ui` as it was built, and asks its server as others would.

import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { assert } from './acts.mjs';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PROGRAM = process.env['GWCHAIN_PLUGIN'] ?? join(process.env['CARGO_TARGET_DIR'] ?? join(ROOT, 'target'), 'debug/kubectl-gwchain');

/** Starts the program and reads its link. */
export async function started(args, env = {}) {
  const child = spawn(PROGRAM, ['ui', '--no-open', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const url = await new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (part) => {
      out += part;
      if (out.includes('\n')) resolve(out.trim());
    });
    child.stderr.on('data', (part) => (out += part));
    child.on('error', reject);
    child.on('exit', () => reject(new Error(out)));
  });
  return { url, stop: () => child.kill() };
}

const status = (url, headers = {}, method = 'GET') =>
  new Promise((resolve, reject) => {
    const request = get(url, { headers, method }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
  });

/** Nobody but the page of the link gets anything, and nobody can write. */
export async function answersNobodyElse(url) {
  const { origin, host } = new URL(url);
  const wrong = url.replace(/[0-9a-f](?=\/$)/, (digit) => (digit === '0' ? '1' : '0'));
  assert.equal(await status(`${url}session.json`), 200);
  assert.equal(await status(`${origin}/`), 403);
  assert.equal(await status(`${origin}/session.json`), 403);
  assert.equal(await status(`${wrong}session.json`), 403);
  assert.equal(await status(`${url}session.json`, { host: 'rebound.example' }), 403);
  assert.equal(await status(`${url}session.json`, { origin: 'http://other.example' }), 403);
  assert.equal(await status(`${url}session.json`, { 'sec-fetch-site': 'cross-site' }), 403);
  assert.equal(await status(`${url}session.json`, { host, origin }, 'POST'), 405);
  assert.equal(await status(`${url}../Cargo.toml`), 403);
  assert.equal(await status(`${url}none.js`), 404);
}

/** The headers of the page. */
export const headers = (url) =>
  new Promise((resolve, reject) => {
    get(url, (response) => {
      response.resume();
      resolve(response.headers);
    }).on('error', reject);
  });
