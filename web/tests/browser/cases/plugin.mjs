// `kubectl gwchain ui`: the page from inside the built program.

import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { assert, sees, settled, textOf } from '../acts.mjs';
import { open } from '../chromium.mjs';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const PROGRAM = process.env['GWCHAIN_PLUGIN'] ?? join(process.env['CARGO_TARGET_DIR'] ?? join(ROOT, 'target'), 'debug/kubectl-gwchain');

/** Starts the program and reads its link. */
async function started(args) {
  const child = spawn(PROGRAM, ['ui', '--no-open', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
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

export const cases = {
  'the plugin serves the page with the files loaded, and reads them again': {
    async run(_, { browser }) {
      const folder = mkdtempSync(join(tmpdir(), 'gwchain-ui-'));
      copyFileSync(join(ROOT, 'examples/privatelink/privatelink.yaml'), join(folder, 'a.yaml'));
      const { url, stop } = await started(['-f', folder]);
      try {
        const { page, context, noted } = await open(browser, url);
        await sees(page.locator('.notice'), folder);
        await page.locator('g.node').first().waitFor();
        writeFileSync(join(folder, 'b.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: later\n');
        await page.reload();
        await settled(page);
        assert.match(await textOf(page), /name: later/);
        assert.deepEqual(noted.errors, []);
        rmSync(folder, { recursive: true });
        await page.reload();
        await sees(page.locator('.notice'), 'no such file');
        await context.close();
      } finally {
        stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },

  'the plugin answers nobody else': {
    async run() {
      const { url, stop } = await started(['-f', join(ROOT, 'examples/gateway-chaining')]);
      try {
        const { origin, host } = new URL(url);
        assert.equal(await status(`${url}session.json`), 200);
        assert.equal(await status(`${origin}/`), 403);
        assert.equal(await status(`${origin}/session.json`), 403);
        assert.equal(await status(`${url}session.json`, { host: 'rebound.example' }), 403);
        assert.equal(await status(`${url}session.json`, { origin: 'http://other.example' }), 403);
        assert.equal(await status(`${url}session.json`, { 'sec-fetch-site': 'cross-site' }), 403);
        assert.equal(await status(`${url}session.json`, { host, origin }, 'POST'), 405);
        assert.equal(await status(`${url}../Cargo.toml`), 403);
        assert.equal(await status(`${url}none.js`), 404);
      } finally {
        stop();
      }
    },
  },
};
