// The little Markdown that core's pages are written in, as data: headings, paragraphs, lists, fenced code.

export type Block =
  | { kind: 'heading' | 'paragraph' | 'code'; text: string }
  | { kind: 'list'; items: string[] };

/** `text` as blocks. */
export function blocks(text: string): Block[] {
  const out: Block[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith('```')) {
      const end = lines.findIndex((other, index) => index > at && other.startsWith('```'));
      const last = end < 0 ? lines.length : end;
      out.push({ kind: 'code', text: lines.slice(at + 1, last).join('\n') });
      at = last;
    } else if (line.startsWith('#')) {
      out.push({ kind: 'heading', text: line.replace(/^#+\s*/, '') });
    } else if (line.trim() !== '') {
      add(out, line, (lines[at - 1] ?? '').trim() === '');
    }
  }
  return out;
}

function add(out: Block[], line: string, isNew: boolean): void {
  const last = out.at(-1);
  if (/^[-*] /.test(line)) {
    if (last?.kind === 'list') last.items.push(line.slice(2));
    else out.push({ kind: 'list', items: [line.slice(2)] });
  } else if (last?.kind === 'list' && !isNew) {
    last.items[last.items.length - 1] += ` ${line.trim()}`;
  } else if (last?.kind === 'paragraph' && !isNew) {
    last.text += ` ${line}`;
  } else {
    out.push({ kind: 'paragraph', text: line });
  }
}

/** A line as pieces of text and of code. Links keep their text. */
export function inline(text: string): { text: string; isCode: boolean }[] {
  const plain = text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('**', '');
  return plain
    .split('`')
    .map((part, index) => ({ text: part, isCode: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
