// Pictures of the page to look at: both themes, a phone, findings, a trace, many rules. Into web/shots, not judged.

import { mkdirSync, readFileSync } from 'node:fs';

import { launch, open, settled } from './chromium.mjs';
import { serve } from './serve.mjs';
import { manyRoutes } from './texts.mjs';

const wanted = process.argv.slice(2);
mkdirSync('shots', { recursive: true });
const site = await serve();
const browser = await launch();

async function shot(name, options, act = async () => undefined) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  const { context, page, noted } = await open(browser, site.url, options);
  await act(page);
  await settled(page);
  await page.screenshot({ path: `shots/${name}.png` });
  if (noted.errors.length > 0) console.log(name, noted.errors);
  await context.close();
}

const paste = async (page, text) => {
  await page.evaluate(() => undefined);
  await page.locator('.cm-content').first().click();
  await page.keyboard.press('Control+A');
  await page.evaluate((all) => navigator.clipboard.writeText(all), text);
  await page.keyboard.press('Control+V');
  await settled(page);
};
const tab = (page, name) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
const trace = async (page) => {
  await tab(page, 'Request');
  await page.getByLabel('URL of the request').fill('https://shop.example.com/cart?x=1');
  await page.getByRole('button', { name: 'Trace' }).click();
  await page.getByRole('list', { name: 'Steps' }).waitFor();
};

const dark = { colorScheme: 'dark' };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
await shot('first-light', {});
await shot('first-dark', dark);
await shot('plan-light', {}, async (page) => {
  await tab(page, 'Plan');
  await page.getByRole('treeitem', { name: /LoadBalancer/ }).first().click();
  await page.getByRole('treeitem', { name: /scheme/ }).first().click();
});
await shot('trace-light', {}, trace);
await shot('trace-dark', dark, trace);
await shot('node-dark', dark, async (page) => page.locator('g.node.listener').first().click());
await shot('profiles-light', {}, (page) => tab(page, 'Profiles').then(() => page.getByText('values differ').waitFor()));
await shot('environment-dark', dark, (page) => tab(page, 'Environment'));
await shot('rules-light', {}, (page) => paste(page, manyRoutes(200)));
await shot('broken-light', {}, (page) => paste(page, readFileSync('tests/browser/broken.yaml', 'utf8')));
const filled = async (page) => {
  await page.getByLabel('Load an example').selectOption('static-ips');
  await settled(page);
  await tab(page, 'Environment');
};
const hovered = async (page, place, card) => {
  await page.locator(place).first().hover();
  await page.locator(card).waitFor();
};
await shot('filled-light', {}, filled);
await shot('squiggle-dark', dark, (page) => hovered(page, '.cm-lintRange-warning', '.cm-tooltip-lint'));
await shot('hover-light', {}, (page) => hovered(page, '.cm-line:has-text("controllerName") span', '.hover-card'));
await shot('complete-dark', dark, async (page) => {
  await paste(page, 'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec:\n');
  await page.keyboard.type('  li');
  await page.locator('.cm-tooltip-autocomplete').waitFor();
});
await shot('share-dark', dark, (page) => page.getByRole('button', { name: 'Share' }).click());
await shot('export-light', {}, (page) => page.getByRole('button', { name: 'Export' }).click());
await shot('help-light', {}, (page) => page.getByRole('button', { name: 'Help and keys' }).click());
await shot('code-dark', dark, async (page) => {
  await page.locator('#panel .code').first().click();
  await page.getByRole('dialog').waitFor();
});
await shot('empty-dark', dark, (page) => paste(page, ' '));
await shot('json-light', {}, (page) => tab(page, 'JSON'));
await shot('beside-light', {}, (page) => page.getByRole('button', { name: 'Beside', exact: true }).click());
await shot('phone-environment', phone, filled);
await shot('phone-plan-dark', { ...phone, ...dark }, (page) => tab(page, 'Plan'));
await shot('phone-yaml', phone);
await shot('phone-chain-dark', { ...phone, ...dark }, (page) => tab(page, 'Chain'));
await shot('phone-findings', phone, (page) => tab(page, 'Findings'));
await shot('phone-request', phone, trace);
await browser.close();
site.close();
