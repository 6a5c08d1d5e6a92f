// The text on the desk: what is done to it, and what is asked about it whenever it changes.

import type { EditorView } from '@codemirror/view';
import { tick } from 'svelte';

import { STALE, type Stale } from '../core/client';
import type { Explanation, Finding } from '../core/types';
import { cards } from '../editor/cards';
import { createEditor, replaceText, setText } from '../editor/editor';
import { showFindings } from '../editor/findings';
import { foldAway } from '../editor/fold';
import { examples } from './examples';
import { Keeping } from './keeping.svelte';
import { Pointer } from './pointer';
import { Selection } from './selection.svelte';
import { message, type Session } from './session.svelte';
import { fresh, start } from './start';
import type { Saved } from './storage';

export class Desk {
  readonly session: Session;
  readonly selection = new Selection();
  readonly keeping = new Keeping(localStorage);
  readonly gallery = examples();
  readonly pointer: Pointer;
  /** Where the work comes from, or what went wrong. */
  notice = $state('');
  /** Said to screen readers, shown for a moment. */
  spoken = $state('');
  editor: EditorView | undefined;
  /** Whether the text came as a whole, so that what a cluster wrote into it is folded away. */
  #isNew = true;

  constructor(session: Session) {
    this.session = session;
    this.pointer = new Pointer(this);
  }

  /** Begins with what the address, the program behind the page or this browser holds. */
  async begin(box: HTMLElement): Promise<void> {
    const served = document.querySelector<HTMLMetaElement>('meta[name="gwchain-session"]')?.content;
    try {
      const begun = await start(localStorage, location, served);
      this.session.restore(begun.work);
      this.session.namespace = begun.namespace;
      this.notice = begun.notice;
      this.keeping.begin(begun.isKept, begun.isSaved);
      if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
    } catch (error) {
      this.notice = message(error);
    }
    this.#isNew = true;
    if (this.editor === undefined) this.editor = createEditor(box, this.session.text, this.#host());
    else setText(this.editor, this.session.text);
    await this.refresh();
  }

  #host() {
    return {
      changed: (text: string, isPasted: boolean) => this.#changed(text, isPasted),
      moved: (offset: number) => this.pointer.moved(offset),
      complete: (text: string, offset: number) => this.#complete(text, offset),
      describe: (_: EditorView, offset: number) => this.#describe(offset),
    };
  }

  async refresh(): Promise<void> {
    const { session } = this;
    await session.refresh();
    if (this.editor === undefined || session.picture === undefined || !session.isCurrent) return;
    showFindings(this.editor, session.picture.findings, (finding) => this.fix([finding]));
    if (this.#isNew) foldAway(this.editor, session.picture.reading.flatMap((reading) => reading.folds));
    this.#isNew = false;
  }

  #changed(text: string, isPasted: boolean): void {
    if (text === this.session.text) return;
    this.session.text = text;
    this.#isNew ||= isPasted;
    this.selection.clear();
    this.touched();
  }

  /** Something else than the text has changed. */
  touched(): void {
    this.keep();
    void this.refresh();
  }

  keep(): void {
    this.keeping.soon(() => this.session.work);
  }

  load(work: Saved): void {
    this.session.namespace = undefined;
    this.session.restore(work);
    this.session.stopTracing();
    this.selection.clear();
    this.#isNew = true;
    if (this.editor !== undefined) setText(this.editor, work.text);
    this.touched();
  }

  openExample(name: string): void {
    const found = this.gallery.find((one) => one.name === name);
    if (found === undefined) return;
    this.notice = `Example ${name}`;
    this.load({ ...fresh(found.text), profile: this.session.profile, environment: found.environment });
  }

  /** Starts over, and keeps nothing of what was. */
  forget(): void {
    this.notice = '';
    this.load(fresh(this.gallery[0]?.text ?? ''));
    this.keeping.forget();
    this.say('The copy in this browser is gone');
  }

  say(text: string): void {
    this.spoken = '';
    void tick().then(() => (this.spoken = text));
  }

  /** Does `work`; what goes wrong is told. */
  async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.notice = message(error);
    }
  }

  fix(findings: readonly Finding[]): void {
    if (this.editor === undefined || !this.session.isCurrent) return;
    replaceText(this.editor, this.session.fixed(findings));
    this.say(findings.length === 1 ? 'Fixed' : 'Fixes applied');
  }

  async format(): Promise<void> {
    const formatted = await this.session.client.ask('format', 'format', this.session.text);
    if (formatted === STALE || this.editor === undefined) return;
    if (formatted === undefined) return this.say('The text is laid out evenly, or cannot be read');
    replaceText(this.editor, formatted);
    this.say('Formatted');
  }

  async explain(subject: string): Promise<Explanation | undefined> {
    const page = await this.session.client.ask('explain', 'explain', this.session.input, subject).catch((): Stale => STALE);
    return page === STALE ? undefined : page;
  }

  async #complete(text: string, offset: number) {
    const found = await this.session.client.ask('complete', 'complete', text, offset);
    return found === STALE ? undefined : found;
  }

  async #describe(offset: number) {
    const { session } = this;
    if (session.picture === undefined || !session.isCurrent) return [];
    return cards(session, session.picture, offset);
  }
}
