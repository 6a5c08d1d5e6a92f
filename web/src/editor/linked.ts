// Marks the stretches of text that belong to what is selected elsewhere.

import { type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** A stretch of the text, in UTF-16 code units. */
export interface Stretch {
  from: number;
  to: number;
}

const mark = Decoration.mark({ class: 'cm-linked' });
const setLinked = StateEffect.define<readonly Stretch[]>();

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setLinked)) next = decorate(effect.value, transaction.newDoc.length);
    }
    return next;
  },
  provide: (from) => EditorView.decorations.from(from),
});

export const linked: Extension = field;

/** Marks `stretches`, and shows the first if `reveal`. */
export function showLinked(view: EditorView, stretches: readonly Stretch[], reveal: boolean): void {
  const effects: StateEffect<unknown>[] = [setLinked.of(stretches)];
  const first = stretches[0];
  if (reveal && first !== undefined && first.from <= view.state.doc.length) {
    effects.push(EditorView.scrollIntoView(first.from, { y: 'center' }));
  }
  view.dispatch({ effects });
}

/** Sorted, inside the text, none empty, none inside another. */
export function tidy(stretches: readonly Stretch[], length: number): Stretch[] {
  const inside = stretches
    .map(({ from, to }) => ({ from: Math.min(from, length), to: Math.min(to, length) }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const out: Stretch[] = [];
  for (const stretch of inside) {
    const last = out.at(-1);
    if (last === undefined || stretch.from >= last.to) out.push({ ...stretch });
    else last.to = Math.max(last.to, stretch.to);
  }
  return out;
}

function decorate(stretches: readonly Stretch[], length: number): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of tidy(stretches, length)) builder.add(from, to, mark);
  return builder.finish();
}
