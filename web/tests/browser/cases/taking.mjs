// Taking work along: links, files, reloads.

import { assert, download, paste, sees, settled, tab, textOf, trace } from '../acts.mjs';
import { open } from '../chromium.mjs';
import { manyRoutes } from '../texts.mjs';

export const cases = {
  'a share link brings text, profile and request to somebody else': {
    async run(page, { browser }) {
      const text = manyRoutes(4);
      await paste(page, text);
      await page.getByText('aws-lbc', { exact: true }).first().click();
      await trace(page, 'http://app-1.example.com/part-1');
      await page.getByRole('button', { name: 'Share' }).click();
      const link = await page.getByLabel('Link', { exact: true }).inputValue();
      assert.match(link, /#s=[\w-]+$/);
      const other = await open(browser, link);
      assert.equal(await textOf(other.page), text);
      assert.ok(await other.page.getByRole('radio', { name: 'aws-lbc' }).isChecked());
      await tab(other.page, 'Request');
      await sees(other.page.locator('.answer'), 'service-1');
      assert.ok(!other.page.url().includes('#s='), 'the text does not stay in the address bar');
      await other.context.close();
    },
  },

  'a damaged link takes nothing': {
    at: '#s=AAAA',
    async run(page) {
      await sees(page.locator('.notice'), 'damaged');
      await page.locator('g.node').first().waitFor();
    },
  },

  'work survives a reload and says so, until it is cleared': {
    async run(page) {
      await paste(page, manyRoutes(2));
      await sees(page.locator('footer'), 'Kept in this browser');
      await page.reload();
      await settled(page);
      assert.equal(await textOf(page), manyRoutes(2));
      await sees(page.locator('.notice'), 'as you left it');
      await page.locator('footer').getByRole('button', { name: 'Clear' }).click();
      await settled(page);
      await page.reload();
      await settled(page);
      assert.match(await textOf(page), /my-alb-gateway/);
      assert.equal(await page.locator('.notice').textContent(), '');
    },
  },

  'picture, plan, Mermaid and report can be taken as files': {
    async run(page) {
      const svg = await download(page, 'Picture as SVG');
      assert.equal(svg.name, 'chain.svg');
      assert.match(svg.content.toString(), /^<svg [^]*example-ns\/my-tcp-gateway[^]*<\/svg>\n$/);
      const png = await download(page, 'Picture as PNG');
      assert.equal(png.content.subarray(1, 4).toString(), 'PNG');
      assert.ok(png.content.length > 20_000, 'there is something on it');
      const plan = JSON.parse((await download(page, 'Plan as JSON')).content.toString());
      assert.deepEqual([plan.kind, plan.stacks.length], ['Plan', 2]);
      assert.match((await download(page, 'Mermaid')).content.toString(), /^flowchart LR\n/);
      const report = await download(page, 'Report for a pull request');
      assert.equal(report.name, 'report.md');
      assert.match(report.content.toString(), /## AWS load balancers[^]*```mermaid[^]*\| example-ns\/my-alb-gateway \|/);
    },
  },

  'the theme is the system’s until somebody chooses': {
    options: { colorScheme: 'dark' },
    async run(page) {
      const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const dark = await colour();
      await page.getByRole('button', { name: 'Colours: as the system' }).click();
      await page.getByRole('button', { name: 'Colours: light' }).waitFor();
      assert.notEqual(await colour(), dark);
      await page.reload();
      await settled(page);
      await page.getByRole('button', { name: 'Colours: light' }).click();
      assert.equal(await colour(), dark);
    },
  },
};
