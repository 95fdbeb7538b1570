// A long list that the server gives page by page; the pages read so far stay together.
import type { Answer, Problem } from './api';

interface PageOf<Item> {
  items: Item[];
  next: string | null;
}
type Question<Page> = (after: string | undefined, signal: AbortSignal) => Promise<Answer<Page>>;

export class Listing<Item, Page extends PageOf<Item>> {
  items = $state.raw<Item[]>([]);
  /** The last page that was read, with what it says of the whole list. */
  page = $state.raw<Page | undefined>();
  problem = $state.raw<Problem | undefined>();
  waiting = $state(false);
  #running: AbortController | undefined;

  constructor(private readonly question: Question<Page>) {}

  /** Reads the list from its beginning. */
  first = () => this.#ask(undefined);

  async more(): Promise<void> {
    if (this.page?.next && !this.waiting) await this.#ask(this.page.next);
  }

  async #ask(after: string | undefined): Promise<void> {
    this.#running?.abort();
    const mine = new AbortController();
    this.#running = mine;
    this.waiting = true;
    const answer = await this.question(after, mine.signal);
    if (this.#running !== mine) return;
    this.waiting = false;
    this.problem = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return;
    this.items = after === undefined ? answer.value.items : [...this.items, ...answer.value.items];
    this.page = answer.value;
  }
}
