// What a hover over the text tells: what the field may be, what it makes in the plan, and why that is so.

import { STALE, type Stale } from '../core/client';
import type { Explanation, Picture } from '../core/types';
import type { Session } from '../state/session.svelte';
import { innermost, subjectOf } from '../state/selection.svelte';
import type { Card } from './assist';

export async function cards(session: Session, picture: Picture, offset: number): Promise<Card[]> {
  const out: Card[] = [];
  const hint = await session.client.ask('describe', 'describe', session.text, offset);
  if (hint !== STALE && hint !== undefined) {
    const facts = [hint.type, hint.required ? 'required' : ''].filter((fact) => fact !== '').join(', ');
    const allowed = hint.allowed.length === 0 ? [] : [`one of: ${hint.allowed.join(', ')}`];
    const byDefault = hint.default === null ? [] : [`API server default: ${hint.default}`];
    out.push({ title: `${hint.kind} ${hint.path}`, lines: [facts, ...allowed, ...byDefault] });
  }
  for (const subject of subjects(picture, offset)) {
    const page = await session.client.ask('explain', 'explain', session.input, subject).catch((): Stale => STALE);
    if (page !== STALE) out.push({ title: `makes ${subject}`, lines: text(page) });
  }
  return out;
}

/** Most values that one field is told to make. */
const MOST = 2;

function subjects(picture: Picture, offset: number): string[] {
  const link = innermost(picture.links, offset);
  return (link?.values ?? [])
    .flatMap(([stack, resource, field]) => {
      const found = picture.stacks[stack]?.[resource];
      const subject = found === undefined || field === '' ? undefined : subjectOf(found);
      return subject === undefined ? [] : [`${subject}${field}`];
    })
    .slice(0, MOST);
}

function text(page: Explanation): string[] {
  return page.form === 'page' ? page.page.lines.map((line) => line.map((span) => span.text).join('')) : [page.text];
}
