// The studio of one village: what can be changed, what has been, and the house that is tried. Every
// change asks the server anew; the house as it is is asked once.
import { tongue } from '../../../format/tongue.svelte';
import { api, type Problem, type Schemas } from '../../api';
import { Asking } from '../../asking.svelte';
import { changesFor, emptyDraft, isEmpty, toChanges, type Draft, type Studio } from './draft';
import { begin, change, redo, settle, undo } from './history';
import { latest } from './latest';

export type Trial = Schemas['Trial'];
type Question = { household: string; changes: Schemas['Changes'] };

export class StudioState {
  readonly village: string;
  known = new Asking<Studio>();
  history = $state.raw(begin<Draft>(emptyDraft));
  house = $state('');
  trial = $state.raw<Trial | undefined>();
  /** The house as it is, for its days. */
  base = $state.raw<Trial | undefined>();
  problem = $state.raw<Problem | undefined>();
  busy = $state(false);
  took_ms = $state<number | null>(null);

  draft = $derived(this.history.now);
  home = $derived(this.known.value?.households.find(({ id }) => id === this.house));
  isChanged = $derived(!isEmpty(this.draft));
  canUndo = $derived(this.history.past.length > 0);
  canRedo = $derived(this.history.future.length > 0);

  #trials = latest<Question, void>((question, signal) => this.#try(question, signal), {
    on_busy: (busy) => (this.busy = busy),
    on_answer: () => undefined,
  });

  constructor(village: string) {
    this.village = village;
  }

  async look(): Promise<void> {
    const at = { village: this.village };
    await this.known.ask((signal) => api.get('/villages/{village}/studio', { at, signal }));
    const homes = this.known.value?.households ?? [];
    if (!homes.some(({ id }) => id === this.house))
      this.choose((homes.find(({ capacity_kwp }) => capacity_kwp > 0) ?? homes[0])?.id ?? '');
  }

  choose(house: string): void {
    this.house = house;
    this.trial = undefined;
    this.base = undefined;
    this.problem = undefined;
    if (house) this.#ask();
  }

  /** `gesture` names what is pulled: a pulled slider is one step to undo. */
  change(draft: Draft, gesture: string | null = null): void {
    this.history = change(this.history, draft, gesture);
    this.#ask();
  }

  settle(): void {
    this.history = settle(this.history);
  }

  undo(): void {
    this.history = undo(this.history);
    this.#ask();
  }

  redo(): void {
    this.history = redo(this.history);
    this.#ask();
  }

  dropAll(): void {
    if (this.isChanged) this.change(emptyDraft);
  }

  /** Begins with the changes of a plan. */
  beginWith(draft: Draft): void {
    this.history = change(this.history, draft);
    this.#ask();
  }

  stop(): void {
    this.#trials.stop();
    this.known.clear();
  }

  get changes(): Schemas['Changes'] {
    return toChanges(this.draft);
  }

  #ask(): void {
    if (!this.house) return;
    this.#trials.ask({ household: this.house, changes: changesFor(this.draft, this.house) });
  }

  async #try({ household, changes }: Question, signal: AbortSignal): Promise<void> {
    const at = { village: this.village };
    const send = (asked: Schemas['Changes']) =>
      api.post('/villages/{village}/trials', { at, json: { household, changes: asked }, signal });
    const began = performance.now();
    const answer = await send(changes);
    if (signal.aborted) return;
    const took = performance.now() - began;
    if (!answer.ok) {
      this.problem = answer.problem;
      return;
    }
    this.problem = undefined;
    this.trial = answer.value;
    this.took_ms = Math.round(took);
    const isAsItIs = Object.keys(changes).length === 0;
    if (isAsItIs) this.base = answer.value;
    else if (!this.base) {
      const asItIs = await send({});
      if (asItIs.ok && !signal.aborted) this.base = asItIs.value;
    }
  }

  /** Of the tariffs those of the village's region first. */
  tariffs(direction: 'import' | 'export'): Schemas['StudioTariff'][] {
    const studio = this.known.value;
    if (!studio) return [];
    const region = studio.tariffs.find(({ id }) => id === studio.tariff.import)?.region;
    const fitting = studio.tariffs.filter((each) => each.direction === direction);
    const rank = (each: Schemas['StudioTariff']) => (each.region === region ? 0 : 1);
    return fitting.toSorted(
      (a, b) =>
        rank(a) - rank(b) || tongue.name(a.name).localeCompare(tongue.name(b.name), tongue.language),
    );
  }
}
