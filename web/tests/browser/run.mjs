// The previewer in Chromium: runs the cases one after the other, prints each and at last `N passed, M failed`.

import { cases as cluster } from './cases/cluster.mjs';
import { cases as editing } from './cases/editing.mjs';
import { cases as linking } from './cases/linking.mjs';
import { cases as plugin } from './cases/plugin.mjs';
import { cases as safety } from './cases/safety.mjs';
import { cases as taking } from './cases/taking.mjs';
import { launch, open } from './chromium.mjs';
import { serve } from './serve.mjs';

const filter = process.argv[2] ?? '';
const all = { ...editing, ...linking, ...taking, ...safety, ...plugin, ...cluster };
const site = await serve();
const browser = await launch();
let passed = 0;
let failed = 0;

for (const [name, { run, options, at }] of Object.entries(all)) {
  if (!name.includes(filter)) continue;
  let context;
  try {
    const opened = await open(browser, `${site.url}${at ?? ''}`, options);
    context = opened.context;
    await run(opened.page, { ...opened, browser, site });
    if (opened.noted.errors.length > 0) throw new Error(`the page reports: ${opened.noted.errors.join('\n')}`);
    passed++;
    console.log(`✓ ${name}`);
  } catch (error) {
    failed++;
    console.log(`✗ ${name}\n  ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  }
  await context?.close();
}

await browser.close();
site.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
