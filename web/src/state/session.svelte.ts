// The work and what core says about it. Every change asks anew; answers of older texts are dropped.

import { type Client, STALE } from '../core/client';
import type { Difference, Finding, Input, Picture, TraceDocument, TraceRequest } from '../core/types';
import { applyEdits } from './fixing';
import { emptyRequest, type RequestForm, type Saved } from './storage';

export type Profile = 'gwchain' | 'aws-lbc';

/** How the text is called in messages. */
export const FILE = 'manifests.yaml';

/** Details beside the picture. */
export type Detail = 'findings' | 'plan' | 'json' | 'request' | 'profiles' | 'environment';

export class Session {
  readonly client: Client;
  text = $state.raw('');
  profile = $state<Profile>('gwchain');
  complete = $state(false);
  /** An environment file (docs/environment.md). */
  environment = $state('');
  request = $state<RequestForm>(emptyRequest());
  /** Only its Gateways are shown, as the plugin was told. */
  namespace: string | undefined;

  /** What is drawn, and the text that it was drawn from. */
  picture = $state.raw<Picture | undefined>(undefined);
  drawnText = $state.raw('');
  drawnEnvironment = $state.raw('');
  /** What core could not do. */
  failure = $state('');
  /** Questions that have not been answered for the text as it is. */
  busy = $state(true);

  detail = $state<Detail>('findings');
  planText = $state.raw('');
  differences = $state.raw<Difference[] | undefined>(undefined);
  traced = $state.raw<TraceDocument | undefined>(undefined);
  traceError = $state('');
  isTracing = $state(false);

  constructor(client: Client) {
    this.client = client;
  }

  /** Whether what is drawn is of the text as it is. */
  get isCurrent(): boolean {
    return this.drawnText === this.text;
  }

  /** The question's texts and options. */
  get input(): Input {
    return {
      files: [{ name: FILE, text: this.text }],
      profile: this.profile,
      complete: this.complete,
      ...(this.environment.trim() === '' ? {} : { environment: this.environment }),
      ...(this.namespace === undefined ? {} : { namespace: this.namespace }),
    };
  }

  get work(): Saved {
    return {
      text: this.text,
      profile: this.profile,
      complete: this.complete,
      environment: this.environment,
      request: $state.snapshot(this.request),
    };
  }

  restore(work: Saved): void {
    this.text = work.text;
    this.profile = work.profile === 'aws-lbc' ? 'aws-lbc' : 'gwchain';
    this.complete = work.complete;
    this.environment = work.environment;
    this.request = work.request;
    this.isTracing = work.request.url !== '';
  }

  /** Asks what the text means, then whatever is being looked at. */
  async refresh(): Promise<void> {
    this.busy = true;
    const input = this.input;
    const { text, environment } = this;
    try {
      const picture = await this.client.ask('picture', 'picture', input);
      if (picture === STALE) return;
      this.picture = picture;
      this.drawnText = text;
      this.drawnEnvironment = environment;
      this.failure = '';
      await this.look(input);
    } catch (error) {
      this.failure = message(error);
    }
    if (text === this.text) this.busy = false;
  }

  /** Asks what the open detail shows. */
  async look(input: Input = this.input): Promise<void> {
    const questions = [this.isTracing ? this.trace(input) : undefined];
    if (this.detail === 'plan' || this.detail === 'json') questions.push(this.#plan(input));
    if (this.detail === 'profiles') questions.push(this.#compare(input));
    await Promise.all(questions);
  }

  async #plan(input: Input): Promise<void> {
    const plan = await this.client.ask('plan', 'plan', input);
    if (plan !== STALE) this.planText = plan;
  }

  async #compare(input: Input): Promise<void> {
    const found = await this.client.ask('differences', 'differences', input);
    if (found !== STALE) this.differences = found;
  }

  /** Asks where the request goes. */
  async trace(input: Input = this.input): Promise<void> {
    this.isTracing = this.request.url.trim() !== '';
    if (!this.isTracing) return this.stopTracing();
    try {
      const traced = await this.client.ask('trace', 'trace', input, traceRequest(this.request));
      if (traced === STALE || !this.isTracing) return;
      this.traced = traced;
      this.traceError = '';
    } catch (error) {
      this.traced = undefined;
      this.traceError = message(error);
    }
  }

  stopTracing(): void {
    this.isTracing = false;
    this.traced = undefined;
    this.traceError = '';
  }

  /** The text with the remedies of `findings` applied, those first that stand first. */
  fixed(findings: readonly Finding[]): string {
    return applyEdits(this.drawnText, findings.flatMap((finding) => (finding.fix === undefined ? [] : [finding.fix])));
  }
}

/** The form as core reads it. */
export function traceRequest(form: RequestForm): TraceRequest {
  const headers = form.headers.split('\n').filter((line) => line.trim() !== '');
  return {
    url: form.url.trim(),
    headers,
    ...(form.method === '' ? {} : { method: form.method }),
    ...(form.from.trim() === '' ? {} : { from: form.from.trim() }),
    ...(form.via.trim() === '' ? {} : { via: form.via.trim() }),
  };
}

export function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
