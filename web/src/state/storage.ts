// What survives a reload: the work and how the page is arranged, in this browser's local storage.

/** The work as it is kept. */
export interface Saved {
  text: string;
  profile: string;
  complete: boolean;
  environment: EnvironmentForm;
  request: RequestForm;
}

/** The environment as it is written: simple fields, and anything else as YAML. */
export interface EnvironmentForm {
  clusterName: string;
  vpcId: string;
  vpcCidrs: string;
  subnets: SubnetRow[];
  certificates: CertificateRow[];
  more: string;
}
export interface SubnetRow {
  id: string;
  az: string;
  cidr: string;
  isPublic: boolean;
}
export interface CertificateRow {
  arn: string;
  domains: string;
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

export function emptyEnvironment(): EnvironmentForm {
  return { clusterName: '', vpcId: '', vpcCidrs: '', subnets: [], certificates: [], more: '' };
}

export function emptyRequest(): RequestForm {
  return { url: '', method: '', headers: '', from: '', via: '' };
}

/** Keeps the work; says whether there was room. */
export function save(store: Store, work: Saved): boolean {
  return attempt(() => store.setItem(WORK, JSON.stringify(work)));
}

/** The work as it was left; `undefined` when there is none or it cannot be read. */
export function load(store: Store): Saved | undefined {
  let saved: Partial<Saved> | null = null;
  attempt(() => {
    saved = JSON.parse(store.getItem(WORK) ?? 'null') as Partial<Saved> | null;
  });
  saved = saved as Partial<Saved> | null;
  if (saved === null || typeof saved !== 'object' || typeof saved.text !== 'string') return undefined;
  return {
    text: saved.text,
    profile: saved.profile === 'aws-lbc' ? 'aws-lbc' : 'gwchain',
    complete: saved.complete === true,
    environment: { ...emptyEnvironment(), ...saved.environment },
    request: { ...emptyRequest(), ...saved.request },
  };
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
