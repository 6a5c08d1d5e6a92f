// Completion and hover: core says what fits and what a field may be, the editor shows it.

import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { type EditorView, hoverTooltip, type Tooltip } from '@codemirror/view';
import type { Extension } from '@codemirror/state';

import type { Completions } from '../core/types';

/** Asks core for completions at an offset in UTF-16 code units. */
export type Complete = (text: string, offset: number) => Promise<Completions | undefined>;

/** A completion source over core. */
export function completionSource(complete: Complete) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const found = await complete(context.state.doc.toString(), context.pos);
    if (found === undefined || context.aborted) return null;
    if (!context.explicit && context.pos === found.from && !isAfterColon(context)) return null;
    return {
      from: found.from,
      options: found.options.map((option) => ({
        label: option.label,
        detail: option.required ? `${option.detail}, required` : option.detail,
        apply: option.insert,
        boost: option.required ? 1 : 0,
      })),
      validFor: /^[\w.\-/]*$/,
    };
  };
}

/** Values are offered at once, fields when one has begun to write. */
function isAfterColon(context: CompletionContext): boolean {
  return /:\s+$/.test(context.state.sliceDoc(context.state.doc.lineAt(context.pos).from, context.pos));
}

/** What a hover shows: blocks of lines. */
export interface Card {
  title: string;
  lines: string[];
}

/** Shows what `describe` tells about the place under the pointer. */
export function hover(describe: (view: EditorView, offset: number) => Promise<Card[]>): Extension {
  return hoverTooltip(async (view, offset): Promise<Tooltip | null> => {
    const cards = await describe(view, offset);
    if (cards.length === 0) return null;
    const line = view.state.doc.lineAt(offset);
    return { pos: Math.min(offset, line.to), above: false, create: () => ({ dom: draw(cards) }) };
  });
}

function draw(cards: readonly Card[]): HTMLElement {
  const root = document.createElement('div');
  root.className = 'hover-card';
  for (const { title, lines } of cards) {
    root.append(element('div', 'hover-title', title), element('div', 'hover-lines', lines.join('\n')));
  }
  return root;
}

function element(tag: string, name: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}
