// Nothing leaves the page, nothing foreign runs in it, everybody can use it.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { assert, download, editor, finding, paste, sees, settled, tab, trace } from '../acts.mjs';
import { hostile, MARK } from '../texts.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TABS = ['Findings', 'Plan', 'JSON', 'Request', 'Profiles', 'Environment'];
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** axe is put in by the debugger, past the page's own rules about scripts. */
async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target.join(' ')} (${node.failureSummary})`).join('; ')}`);
  });
  return found;
}

const accessible = (colorScheme) => ({
  options: { colorScheme },
  async run(page) {
    for (const name of TABS) {
      await tab(page, name);
      if (name === 'Request') await trace(page, 'https://shop.example.com/');
      if (name === 'Plan') await page.getByRole('treeitem', { name: /LoadBalancer/ }).first().click();
      assert.deepEqual(await violations(page), [], name);
    }
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await violations(page), [], 'dialog');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menu').waitFor();
    assert.deepEqual(await violations(page), [], 'menu');
  },
});

export const cases = {
  'hostile text is shown as text everywhere': {
    async run(page) {
      await paste(page, hostile());
      await page.locator('#panel li').nth(4).waitFor();
      for (const name of TABS) await tab(page, name);
      await trace(page, `http://a.example/${encodeURIComponent(MARK)}`);
      await page.getByLabel('URL of the request').fill(MARK);
      await page.getByRole('button', { name: 'Trace' }).click();
      await page.locator('.error[role="alert"]').waitFor();
      await tab(page, 'Environment');
      await page.getByLabel(/^The environment file/).fill(MARK);
      await sees(page.locator('#panel [role="alert"]'), '');
      for (const item of ['Picture as SVG', 'Report for a pull request']) {
        const file = await download(page, item);
        assert.ok(!file.content.toString().includes('<img'), item);
      }
      await download(page, 'Picture as PNG');
      await page.locator('.cm-lintRange-error').first().hover();
      await page.locator('.cm-tooltip-lint').waitFor();
      assert.equal(await page.evaluate(() => [globalThis.hacked, document.querySelectorAll('main img:not(.cm-widgetBuffer), [onerror]').length].join()), ',0');
    },
  },

  'nothing but the page’s own files is asked for, once': {
    async run(page, { noted, site }) {
      const before = noted.requests.length;
      for (const name of TABS) await tab(page, name);
      await trace(page, 'https://shop.example.com/');
      await page.getByRole('button', { name: 'Share' }).click();
      await page.getByRole('dialog').waitFor();
      assert.deepEqual(noted.requests.filter((url) => !url.startsWith(site.url) && !url.startsWith('blob:')), []);
      assert.equal(noted.requests.slice(before).length, 0, noted.requests.slice(before).join());
    },
  },

  'the page brings strict rules of its own, and no script inside': {
    async run(page) {
      const { policy, inline } = await page.evaluate(() => ({
        policy: document.querySelector('meta[http-equiv="Content-Security-Policy"]').content,
        inline: [...document.scripts].filter((script) => script.src === '').length,
      }));
      assert.equal(inline, 0);
      assert.match(policy, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self' 'nonce-editor'; /);
      assert.match(policy, /connect-src 'self'; base-uri 'none'; form-action 'none'$/);
    },
  },

  'the page’s own rules keep others out': {
    async run(page, { noted }) {
      const refused = await page.evaluate(async () => {
        const violated = [];
        document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective));
        await fetch('https://example.com/').catch(() => undefined);
        const script = document.createElement('script');
        script.textContent = 'globalThis.hacked = 1';
        document.head.append(script);
        const image = new Image();
        const done = new Promise((resolve) => (image.onerror = resolve));
        image.src = 'https://example.com/a.png';
        await done;
        return { violated: violated.toSorted(), hacked: globalThis.hacked };
      });
      assert.deepEqual(refused, { violated: ['connect-src', 'img-src', 'script-src-elem'], hacked: undefined });
      noted.errors.length = 0;
    },
  },

  'axe finds nothing in the light': accessible('light'),
  'axe finds nothing in the dark': accessible('dark'),

  'a phone shows one thing at a time': {
    options: PHONE,
    async run(page) {
      assert.ok(await editor(page).isVisible());
      await tab(page, 'Chain');
      assert.ok(!(await editor(page).isVisible()));
      await page.locator('g.node').first().tap();
      await tab(page, 'Findings');
      await finding(page, 'Service example-ns/echoserver').tap();
      await page.locator('.cm-linked').first().waitFor();
      assert.ok(await editor(page).isVisible(), 'the text is shown where it is marked');
      for (const name of ['YAML', 'Chain', ...TABS]) {
        await tab(page, name);
        await settled(page);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is not wider than the screen`);
      }
      assert.deepEqual(await violations(page), []);
    },
  },
};
