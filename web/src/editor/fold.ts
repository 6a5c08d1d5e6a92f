// Folds away what the cluster wrote into a pasted object. Which parts those are is core's word.

import { foldEffect } from '@codemirror/language';
import type { EditorView } from '@codemirror/view';

import type { Picture } from '../core/types';

type Fold = NonNullable<Picture['reading'][number]>['folds'][number];

/** Folds each part from the end of its first line. */
export function foldAway(view: EditorView, folds: readonly Fold[]): void {
  const { doc } = view.state;
  const ranges = folds
    .filter(({ range }) => range.end <= doc.length)
    .map(({ range }) => ({ from: doc.lineAt(range.start).to, to: range.end }))
    .filter(({ from, to }) => from < to);
  view.dispatch({ effects: ranges.map((range) => foldEffect.of(range)) });
}
