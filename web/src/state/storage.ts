// What survives a reload: the work and how the page is arranged, in this browser's local storage.

/** The work as it is kept. */
export interface Saved {
  text: string;
  profile: string;
  complete: boolean;
  /** An environment file (docs/environment.md). */
  environment: string;
  request: RequestForm;
}

/** The request box. */
export interface RequestForm {
  url: string;
  method: string;
  headers: string;
  from: string;
  via: string;
}

const WORK = 'gwchain.work.v1';
const THEME = 'gwchain.theme.v1';

/** Where it is kept; localStorage but for tests. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function emptyRequest(): RequestForm {
  return { url: '', method: '', headers: '', from: '', via: '' };
}

/** Keeps the work; says whether there was room. */
export function save(store: Store, work: Saved): boolean {
  return attempt(() => store.setItem(WORK, JSON.stringify(work)));
}

/** The work as it was left; `undefined` when there is none or it cannot be read. */
export function load(store: Store): Saved | undefined {
  let found: unknown;
  attempt(() => {
    found = JSON.parse(store.getItem(WORK) ?? 'null');
  });
  return workOf(found);
}

/** The work in `value`, which may be anything. */
export function workOf(value: unknown): Saved | undefined {
  if (!isRecord(value) || typeof value['text'] !== 'string') return undefined;
  const request = isRecord(value['request']) ? value['request'] : {};
  return {
    text: value['text'],
    profile: value['profile'] === 'aws-lbc' ? 'aws-lbc' : 'gwchain',
    complete: value['complete'] === true,
    environment: text(value, 'environment'),
    request: {
      url: text(request, 'url'),
      method: text(request, 'method'),
      headers: text(request, 'headers'),
      from: text(request, 'from'),
      via: text(request, 'via'),
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(record: Record<string, unknown>, name: string): string {
  const found = record[name];
  return typeof found === 'string' ? found : '';
}

export function forget(store: Store): void {
  attempt(() => store.removeItem(WORK));
}

export type Theme = 'system' | 'light' | 'dark';

export function loadTheme(store: Store): Theme {
  let found: string | null = null;
  attempt(() => {
    found = store.getItem(THEME);
  });
  return found === 'light' || found === 'dark' ? found : 'system';
}

export function saveTheme(store: Store, theme: Theme): void {
  attempt(() => (theme === 'system' ? store.removeItem(THEME) : store.setItem(THEME, theme)));
}

/** Storage may be full, switched off or blocked: all of that throws. */
function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
