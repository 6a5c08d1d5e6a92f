// What the page asks the worker, and how questions and answers travel.

import type {
  Completions,
  Difference,
  Explanation,
  ExportForm,
  Hint,
  Input,
  Picture,
  TraceDocument,
  TraceRequest,
} from './types';

/** Questions; each answer is a plain value. */
export interface Methods {
  picture(input: Input): Picture;
  plan(input: Input): string;
  trace(input: Input, request: TraceRequest): TraceDocument;
  explain(input: Input, subject: string): Explanation;
  differences(input: Input): Difference[];
  write(input: Input, form: ExportForm): string;
  complete(text: string, offset: number): Completions | undefined;
  describe(text: string, offset: number): Hint | undefined;
  format(text: string): string | undefined;
  environment(text: string, fields: Record<string, unknown>): string;
  version(): string;
}

export interface Ask {
  id: number;
  method: keyof Methods;
  args: unknown[];
}

export type Answer = { id: number; ok: true; value: unknown } | { id: number; ok: false; error: string };
