// What the page costs in Chromium, printed and never judged: until it is ready, and from a key to the new picture.

import { paste, tab } from '../tests/browser/acts.mjs';
import { launch, open } from '../tests/browser/chromium.mjs';
import { serve } from '../tests/browser/serve.mjs';
import { manyGateways } from '../tests/browser/texts.mjs';

const LOADS = 7;
const KEYS = 25;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const print = (what, values) =>
  console.log(`${what.padEnd(46)} median ${median(values).toFixed(0).padStart(5)} ms, worst ${Math.max(...values).toFixed(0).padStart(5)} ms`);

/** Notes in the page when core has answered and the answer is painted. */
function watch() {
  const state = { painted: 0 };
  globalThis.bench = state;
  const app = () => document.querySelector('.app');
  new MutationObserver(() => {
    if (app()?.dataset.settled !== 'true') return;
    requestAnimationFrame(() => setTimeout(() => (state.painted = performance.now())));
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-settled'] });
  addEventListener('keydown', () => Object.assign(state, { painted: 0, pressed: performance.now() }), { capture: true });
}

/** From keys to painted pictures. */
async function keys(page) {
  await page.locator('.editor .cm-content').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('# ');
  const times = [];
  for (let key = 0; key < KEYS; key++) {
    await page.keyboard.press('x');
    await page.waitForFunction(() => globalThis.bench.painted > 0);
    times.push(await page.evaluate(() => globalThis.bench.painted - globalThis.bench.pressed));
  }
  return times;
}

const site = await serve();
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
await context.addInitScript(watch);
const page = await context.newPage();
const ready = [];
for (let load = 0; load <= LOADS; load++) {
  await page.goto(site.url);
  await page.waitForFunction(() => globalThis.bench.painted > 0);
  if (load > 0) ready.push(await page.evaluate(() => globalThis.bench.painted));
}
print('ready, warm', ready);
print('key to picture, the guide’s example', await keys(page));
await context.close();

for (const count of [1000, 5000]) {
  const opened = await open(browser, site.url);
  await opened.page.evaluate(watch);
  await paste(opened.page, manyGateways(count));
  print(`key to picture, ${count.toLocaleString('en')} routes`, await keys(opened.page));
  await tab(opened.page, 'Plan');
  print(`the same with the plan open`, await keys(opened.page));
  await opened.context.close();
}
await browser.close();
site.close();
