// Findings as squiggles with help and fixes.

import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';

import type { Finding } from '../core/types';

const SEVERITIES = { error: 'error', warning: 'warning', note: 'info' } as const;

/** Most squiggles at a time: the list has them all. */
const MOST = 2000;

/** Shows `findings`; `fix` applies one's remedy. */
export function showFindings(
  view: EditorView,
  findings: readonly Finding[],
  fix: (finding: Finding) => void,
): void {
  const length = view.state.doc.length;
  const found = findings.slice(0, MOST).flatMap((finding): Diagnostic[] => {
    const range = finding.range;
    if (range === undefined || range.end > length) return [];
    // A finding about a whole object marks its first line, not a screenful.
    const end = Math.min(range.end, view.state.doc.lineAt(range.start).to);
    return [diagnostic(finding, range.start, Math.max(end, Math.min(range.start + 1, length)), fix)];
  });
  view.dispatch(setDiagnostics(view.state, found));
}

function diagnostic(finding: Finding, from: number, to: number, fix: (finding: Finding) => void): Diagnostic {
  const message = finding.help === undefined ? finding.message : `${finding.message}\n${finding.help}`;
  return {
    from,
    to,
    severity: SEVERITIES[finding.severity],
    source: finding.code,
    message,
    actions: finding.fix === undefined ? [] : [{ name: `Fix: ${finding.fix.title}`, apply: () => fix(finding) }],
  };
}
