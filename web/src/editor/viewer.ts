// A read-only viewer for long JSON.

import { StreamLanguage } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';

import { theme } from './theme';

const NONCE = 'editor';

const json = StreamLanguage.define({
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(?:[^"\\]|\\.)*"(?=\s*:)/)) return 'propertyName';
    if (stream.match(/^"(?:[^"\\]|\\.)*"/)) return 'string';
    if (stream.match(/^-?[\d.eE+-]+|^true|^false|^null/)) return 'number';
    stream.next();
    return null;
  },
});

export function createViewer(parent: HTMLElement, label: string): EditorView {
  const extensions = [
    EditorView.cspNonce.of(NONCE),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', 'aria-readonly': 'true' }),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    lineNumbers(),
    json,
    theme,
  ];
  return new EditorView({ parent, state: EditorState.create({ extensions }) });
}

export function showText(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}
