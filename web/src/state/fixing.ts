// Applies the edits of fixes to a text. Which edits there are is core's decision.

import type { Finding } from '../core/types';

type Fix = NonNullable<Finding['fix']>;

/** `text` after `fixes`; of fixes that touch one another the first is applied. */
export function applyEdits(text: string, fixes: readonly Fix[]): string {
  const taken: { start: number; end: number; text: string }[] = [];
  for (const fix of fixes) {
    const edits = fix.edits.map((edit) => ({ start: edit.range.start, end: edit.range.end, text: edit.text }));
    const clashes = edits.some((edit) => taken.some((other) => edit.start <= other.end && other.start <= edit.end));
    if (!clashes) taken.push(...edits);
  }
  taken.sort((a, b) => a.start - b.start || a.end - b.end);
  let out = '';
  let at = 0;
  for (const edit of taken) {
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at);
}
