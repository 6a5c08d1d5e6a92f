// Keeps the work in this browser a moment after each change, and knows whether it is kept.

import { forget, save, type Saved, type Store } from './storage';

/** How long nothing must change before the work is written, in milliseconds. */
const PAUSE = 300;

export class Keeping {
  state = $state<'no' | 'yes' | 'failed'>('no');
  readonly #store: Store;
  #isOn = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether work is kept from now on, and whether it is so already. */
  begin(isOn: boolean, isSaved: boolean): void {
    this.#isOn = isOn;
    if (isSaved) this.state = 'yes';
  }

  soon(work: () => Saved): void {
    if (!this.#isOn) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.state = save(this.#store, work()) ? 'yes' : 'failed'), PAUSE);
  }

  forget(): void {
    clearTimeout(this.#timer);
    forget(this.#store);
    this.state = 'no';
  }
}
