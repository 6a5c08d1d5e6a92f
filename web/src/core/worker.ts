// Core, in a thread of its own: questions come one at a time, so that typing never waits.

import init, * as core from '../../../wasm/pkg/gwchain';
import module from '../../../wasm/pkg/gwchain_bg.wasm?url';
import type { Answer, Ask, Methods } from './protocol';

const ready = init({ module_or_path: new URL(module, import.meta.url) });

const methods: Methods = {
  picture: (input) => core.picture(input),
  plan: (input) => core.plan(input, 'json'),
  trace: (input, request) => core.trace(input, request),
  explain: (input, subject) => core.explain(input, subject),
  differences: (input) => core.differences(input),
  write: (input, form) => (form === 'json' ? core.plan(input, 'json') : core.write(input, form)),
  complete: (text, offset) => core.complete(text, offset) ?? undefined,
  describe: (text, offset) => core.describe(text, offset) ?? undefined,
  format: (text) => core.format(text),
  environment: (text, fields) => core.environment(text, fields),
  version: () => core.version(),
};

addEventListener('message', (event: MessageEvent<Ask>) => void answer(event.data));

async function answer({ id, method, args }: Ask): Promise<void> {
  let message: Answer;
  try {
    await ready;
    message = { id, ok: true, value: (methods[method] as (...all: unknown[]) => unknown)(...args) };
  } catch (error) {
    message = { id, ok: false, error: error instanceof Error ? error.message : String(error) };
  }
  postMessage(message);
}
