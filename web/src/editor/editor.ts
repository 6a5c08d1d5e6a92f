// The YAML editor: CodeMirror with the page's own findings, marks, completion and hover.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';

import { type Card, type Complete, completionSource, hover } from './assist';
import { linked } from './linked';
import { theme } from './theme';

/** The nonce that the page's Content-Security-Policy has for the editor's styles. */
const NONCE = 'editor';

/** What the editor tells and asks. */
export interface Host {
  changed(text: string, isPasted: boolean): void;
  moved(offset: number): void;
  complete: Complete;
  describe(view: EditorView, offset: number): Promise<Card[]>;
}

/** Puts an editor into `parent`. */
export function createEditor(parent: HTMLElement, text: string, host: Host): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({ doc: text, extensions: extensions(host) }),
    dispatchTransactions: (transactions, view) => {
      // Asked before the editor colours the text anew, which takes a while: meanwhile the worker works.
      const last = transactions.findLast((one) => one.docChanged);
      if (last !== undefined) host.changed(last.newDoc.toString(), transactions.some((one) => one.isUserEvent('input.paste')));
      view.update(transactions);
    },
  });
}

/** Replaces the whole text, as a step that can be undone. */
export function setText(view: EditorView, text: string): void {
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    selection: { anchor: 0 },
    scrollIntoView: true,
  });
}

/** Makes `text` of the text by replacing from the first to the last difference, so that the cursor stays. */
export function replaceText(view: EditorView, text: string): void {
  const old = view.state.doc.toString();
  let from = 0;
  while (from < old.length && old[from] === text[from]) from++;
  let end = 0;
  while (end < old.length - from && end < text.length - from && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  view.dispatch({ changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) } });
}

function extensions(host: Host) {
  return [
    EditorView.cspNonce.of(NONCE),
    EditorView.contentAttributes.of({ 'aria-label': 'Manifests, YAML or JSON', tabindex: '0' }),
    lineNumbers(),
    foldGutter(),
    lintGutter(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    autocompletion({ override: [completionSource(host.complete)], icons: false }),
    placeholder('Paste Gateway API manifests: YAML, JSON, the output of kubectl or helm, or a whole page of documentation'),
    yaml(),
    linked,
    hover((view, offset) => host.describe(view, offset)),
    theme,
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
    EditorView.updateListener.of((update) => {
      // Only people move the cursor: what the page selects has been chosen elsewhere.
      const isMoved = update.transactions.some((one) => one.isUserEvent('select'));
      if (isMoved) host.moved(update.state.selection.main.head);
    }),
  ];
}
