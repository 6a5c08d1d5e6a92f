// What people do to the page, and what they see.

import assert from 'node:assert/strict';

import { settled } from './chromium.mjs';

export const editor = (page) => page.locator('.editor .cm-content');

/** The whole text, which the editor draws only in part: from what the browser keeps, or a link. */
export async function textOf(page) {
  await editor(page).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Replaces the text by pasting. */
export async function paste(page, text) {
  await editor(page).focus();
  await page.keyboard.press('Control+A');
  await page.evaluate((all) => navigator.clipboard.writeText(all), text);
  await page.keyboard.press('Control+V');
  await settled(page);
}

export async function tab(page, name) {
  await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  await settled(page);
}

export async function trace(page, url) {
  await tab(page, 'Request');
  await page.getByLabel('URL of the request').fill(url);
  await page.getByRole('button', { name: 'Trace' }).click();
  await page.locator('.answer, .error[role="alert"]').waitFor();
}

/** The node of the picture whose id ends so. */
export const node = (page, id) => page.locator(`g.node[data-id$="${id}"]`);

/** Puts the cursor on the line that holds `text`. */
export async function goTo(page, text) {
  await editor(page).focus();
  await page.keyboard.press('Control+F');
  await page.locator('.cm-search input[name="search"]:focus').waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await editor(page).focus();
}

/** The text that is marked as belonging to the selection. */
export async function marked(page) {
  await page.locator('.cm-linked').first().waitFor();
  return (await page.locator('.cm-linked').allTextContents()).join('\n');
}

export async function download(page, item) {
  await page.getByRole('button', { name: 'Export' }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
  const parts = [];
  for await (const part of await file.createReadStream()) parts.push(part);
  return { name: file.suggestedFilename(), content: Buffer.concat(parts) };
}

/** Waits for a text to stand somewhere. */
export async function sees(locator, text) {
  await locator.filter({ hasText: text }).first().waitFor();
}

/** The button of a finding. */
export const finding = (page, text) => page.locator('button.message', { hasText: text }).first();

export { assert, settled };
