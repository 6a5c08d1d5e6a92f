// The gallery: every folder of examples/, taken into the page when it is built.

const FILES = import.meta.glob<string>('../../../examples/**/*.yaml', { query: '?raw', import: 'default', eager: true });

/** An example as the editor shows it. */
export interface Example {
  name: string;
  text: string;
  /** What only AWS knows, if the example comes with it. */
  environment: string;
}

/** Several files as one text, each under its name. */
export function joined(files: readonly { name: string; text: string }[]): string {
  const part = (file: { name: string; text: string }): string => {
    const text = file.text.replace(/^---[ \t]*\r?\n/, '').trimEnd();
    return files.length === 1 ? `${text}\n` : `# ${file.name}\n${text}\n`;
  };
  return files.map(part).join('---\n');
}

/** All examples, the chaining guide's own first. */
export function examples(files: Record<string, string> = FILES): Example[] {
  const folders = new Map<string, { name: string; text: string }[]>();
  for (const [path, text] of Object.entries(files)) {
    const [folder = '', name = ''] = path.split('/').slice(-2);
    folders.set(folder, [...(folders.get(folder) ?? []), { name, text }]);
  }
  const found = [...folders].map(([name, all]) => ({
    name,
    text: joined(all.filter((file) => file.name !== 'environment.yaml')),
    environment: all.find((file) => file.name === 'environment.yaml')?.text ?? '',
  }));
  const rank = (example: Example): string => (example.name === 'gateway-chaining' ? '' : example.name);
  return found.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
