// What the page begins with: a share link, files that `kubectl gwchain ui` serves, the work as it was left, or the
// guide's own example.

import { examples, joined } from './examples';
import { unpack } from './share';
import { emptyEnvironment, emptyRequest, load, type Saved, type Store } from './storage';

export interface Start {
  work: Saved;
  /** What to say about where it comes from. */
  notice: string;
  /** Whether this browser keeps the work, and has it already. */
  isKept: boolean;
  isSaved: boolean;
}

/** What `kubectl gwchain ui` serves beside the page. */
interface Served {
  source: string;
  files: { name: string; text: string }[];
  profile?: string;
  complete?: boolean;
  environment?: string;
}

export async function start(store: Store, location: Pick<Location, 'hash'>, served: string | undefined): Promise<Start> {
  if (served !== undefined) return fromPlugin(served);
  try {
    const shared = await unpack(location.hash);
    if (shared !== undefined) {
      const environment = { ...emptyEnvironment(), more: shared.environment };
      const request = { ...emptyRequest(), url: shared.request };
      const work = { text: shared.text, profile: shared.profile, complete: false, environment, request };
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
  const { source, files, profile, complete, environment } = answer;
  const work = { ...fresh(joined(files)), profile: profile ?? 'gwchain', complete: complete === true };
  work.environment.more = environment ?? '';
  return { work, notice: `From ${source}. A reload reads it again; nothing is written back.`, isKept: false, isSaved: false };
}

/** Work on `text` with nothing else said. */
export function fresh(text: string): Saved {
  return { text, profile: 'gwchain', complete: false, environment: emptyEnvironment(), request: emptyRequest() };
}
