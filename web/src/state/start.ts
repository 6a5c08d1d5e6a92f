// What the page begins with: a share link, files that `kubectl gwchain ui` serves, the work as it was left, or the
// guide's own example.

import { examples, joined } from './examples';
import { unpack } from './share';
import { emptyRequest, load, type Saved, type Store } from './storage';

export interface Start {
  work: Saved;
  /** What to say about where it comes from. */
  notice: string;
  /** Whether this browser keeps the work, and has it already. */
  isKept: boolean;
  isSaved: boolean;
  /** The namespace whose Gateways alone are shown. */
  namespace?: string;
}

/** What `kubectl gwchain ui` serves beside the page. */
interface Served {
  source: string;
  files: { name: string; text: string }[];
  profile?: string;
  complete?: boolean;
  environment?: string;
  namespace?: string | null;
}

export async function start(store: Store, location: Pick<Location, 'hash'>, served: string | undefined): Promise<Start> {
  if (served !== undefined) return fromPlugin(served);
  try {
    const work = await unpack(location.hash);
    if (work !== undefined) {
      return { work, notice: 'Opened from a link. Your own work is kept until you change this.', isKept: true, isSaved: false };
    }
  } catch {
    const own = fromBrowser(store);
    return { ...own, notice: 'The link is damaged, so nothing was taken from it.' };
  }
  return fromBrowser(store);
}

function fromBrowser(store: Store): Start {
  const saved = load(store);
  if (saved !== undefined) return { work: saved, notice: 'Your work as you left it in this browser.', isKept: true, isSaved: true };
  return { work: fresh(examples()[0]?.text ?? ''), notice: '', isKept: true, isSaved: false };
}

async function fromPlugin(served: string): Promise<Start> {
  const response = await fetch(served);
  const answer = (await response.json()) as Served & { error?: string };
  if (answer.error !== undefined) throw new Error(answer.error);
  const { source, files, profile, complete, environment, namespace } = answer;
  const work = {
    ...fresh(joined(files)),
    profile: profile ?? 'gwchain',
    complete: complete === true,
    environment: environment ?? '',
  };
  const only = namespace == null ? {} : { namespace };
  const part = namespace == null ? '' : `, namespace ${namespace}`;
  return { work, notice: `From ${source}${part}. A reload reads it again; nothing is written back.`, isKept: false, isSaved: false, ...only };
}

/** Work on `text` with nothing else said. */
export function fresh(text: string): Saved {
  return { text, profile: 'gwchain', complete: false, environment: '', request: emptyRequest() };
}
