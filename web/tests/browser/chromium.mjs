// Starts Debian's Chromium so that it asks nobody for anything.

import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch() {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', headless: true, args: FLAGS });
}

/** A page whose errors, refused contents and requests are noted. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const noted = { errors: [], requests: [] };
  page.on('pageerror', (error) => noted.errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') noted.errors.push(message.text());
  });
  page.on('request', (request) => noted.requests.push(request.url()));
  await page.goto(url);
  await settled(page);
  return { context, page, noted };
}

/** Waits until core has answered for the text as it is. */
export async function settled(page) {
  await page.locator('.app[data-settled="true"]').waitFor();
}
