// `kubectl gwchain ui`: the page from inside the built program, with files.

import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { assert, sees, settled, tab, textOf } from '../acts.mjs';
import { open } from '../chromium.mjs';
import { answersNobodyElse, headers, ROOT, started } from '../plugin.mjs';

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

  'the plugin brings the environment file as it is written': {
    async run(_, { browser }) {
      const folder = join(ROOT, 'examples/static-ips');
      const { url, stop } = await started(['-f', folder, '--environment', join(folder, 'environment.yaml'), '--cluster-name', 'other']);
      try {
        const { page, context } = await open(browser, url);
        await tab(page, 'Environment');
        assert.match(await page.getByLabel(/^The environment file/).inputValue(), /^# What only AWS knows[^]*\nclusterName: other\nregion: us-west-2\n/);
        assert.equal(await page.getByRole('textbox', { name: 'Cluster name' }).inputValue(), 'other');
        assert.equal(await page.getByLabel('Id of subnet 1', { exact: true }).inputValue(), 'subnet-0a1b2c3d4e5f60001');
        await context.close();
      } finally {
        stop();
      }
    },
  },

  'the plugin answers nobody else': {
    async run() {
      const { url, stop } = await started(['-f', join(ROOT, 'examples/gateway-chaining')]);
      try {
        await answersNobodyElse(url);
        const { 'content-security-policy': policy } = await headers(url);
        assert.match(policy, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /);
        assert.match(policy, /connect-src 'self'; .*frame-ancestors 'none'$/);
      } finally {
        stop();
      }
    },
  },
};
