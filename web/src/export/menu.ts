// What the menu offers to take along.

import type { ExportForm } from '../core/types';
import type { Desk } from '../state/desk.svelte';
import type { Item } from '../ui/Menu.svelte';
import { exportAs, exportPng, write } from './exports';

export function menu(desk: Desk): Item[] {
  const { session } = desk;
  const run = (work: () => Promise<unknown>) => () => void desk.attempt(work);
  const take = (form: ExportForm) => run(() => exportAs(session.client, session.input, form));
  const takePng = async (): Promise<void> => {
    if (session.picture !== undefined) await exportPng(session.client, session.input, session.picture);
  };
  const copyReport = async (): Promise<void> => {
    await navigator.clipboard.writeText(await write(session.client, session.input, 'report'));
    desk.say('Report copied');
  };
  return [
    { label: 'Picture as SVG', hint: '.svg', run: take('svg') },
    { label: 'Picture as PNG', hint: '.png', run: run(takePng) },
    { label: 'Mermaid', hint: '.mmd', run: take('mermaid') },
    { label: 'Plan as JSON', hint: '.json', run: take('json') },
    { label: 'Report for a pull request', hint: '.md', run: take('report') },
    { label: 'Copy the report', run: run(copyReport) },
  ];
}
