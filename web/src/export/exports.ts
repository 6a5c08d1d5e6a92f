// What can be taken away as a file. Every text in it is core's.

import { type Client, STALE } from '../core/client';
import type { ExportForm, Input, Picture } from '../core/types';
import { download, toPng } from './download';

const FORMS: Record<ExportForm, { name: string; type: string }> = {
  svg: { name: 'chain.svg', type: 'image/svg+xml' },
  mermaid: { name: 'chain.mmd', type: 'text/plain' },
  dot: { name: 'chain.dot', type: 'text/vnd.graphviz' },
  json: { name: 'plan.json', type: 'application/json' },
  report: { name: 'report.md', type: 'text/markdown' },
};

/** The text in a form; empty when a newer question came first. */
export async function write(client: Client, input: Input, form: ExportForm): Promise<string> {
  const text = await client.ask('write', 'write', input, form);
  return text === STALE ? '' : text;
}

export async function exportAs(client: Client, input: Input, form: ExportForm): Promise<void> {
  const text = await write(client, input, form);
  if (text !== '') download(FORMS[form].name, new Blob([text], { type: FORMS[form].type }));
}

export async function exportPng(client: Client, input: Input, picture: Picture): Promise<void> {
  const svg = await write(client, input, 'svg');
  if (svg !== '') download('chain.png', await toPng(svg, picture.graph));
}
