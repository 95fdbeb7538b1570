// Something read from the server, as a page holds it: the value, what went wrong, whether it is
// being read. A newer question ends the older; while it is read anew the old value stays.
import type { Answer, Problem } from './api';

export class Asking<T> {
  value = $state.raw<T | undefined>();
  problem = $state.raw<Problem | undefined>();
  waiting = $state(false);
  etag = '';
  #running: AbortController | undefined;

  async ask(question: (signal: AbortSignal) => Promise<Answer<T>>): Promise<void> {
    this.#running?.abort();
    const mine = new AbortController();
    this.#running = mine;
    this.waiting = true;
    const answer = await question(mine.signal);
    if (this.#running !== mine) return;
    this.waiting = false;
    if (answer.ok) {
      this.value = answer.value;
      this.etag = answer.etag;
      this.problem = undefined;
    } else {
      this.problem = answer.problem;
    }
  }

  /** Forgets the value: another thing is asked for now. */
  clear(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.value = undefined;
    this.problem = undefined;
    this.waiting = false;
  }
}
