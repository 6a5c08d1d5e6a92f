// From line and column, which count characters, to the offset in UTF-16 code units that editors count.

/** The offset of a line and column, both from 1; past the end of the line or text it is that end. */
export function offsetAt(text: string, line: number, column: number): number {
  let start = text.startsWith('\uFEFF') && line === 1 ? 1 : 0;
  for (let passed = 1; passed < line; passed++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  let at = start;
  for (let passed = 1; passed < column && at < text.length && text[at] !== '\n'; passed++) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}
