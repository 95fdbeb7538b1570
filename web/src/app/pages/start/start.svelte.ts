// The course of the wizard: the draft, the step one is at, what the server found, the village made.
import { api, newKey, type Problem, type Schemas } from '../../api';
import { tongue } from '../../../format/tongue.svelte';
import { ui } from '../../ui.svelte';
import { villages } from '../../villages.svelte';
import { enStart } from '../../words/en_start';
import { zhStart } from '../../words/zh_start';
import {
  emptyDraft,
  fieldOf,
  folderOf,
  forgetDraft,
  isWrongIn,
  keepDraft,
  missingIn,
  recallDraft,
  stepOfErrors,
  steps,
  toForm,
  type Draft,
  type FieldId,
  type StepId,
} from './form';

type Made = Schemas['MadeVillage'];

export class StartState {
  draft = $state.raw<Draft>(recallDraft(localStorage));
  step = $state<StepId>('place');
  way = $state<'form' | 'files'>('form');
  files = $state.raw<Record<string, string>>({});
  /** Steps that one has tried to leave: what is missing there is told. */
  tried = $state.raw<ReadonlySet<StepId>>(new Set());
  problem = $state.raw<Problem | undefined>();
  would = $state.raw<Made | undefined>();
  busy = $state(false);
  village = $state('');
  plan = $state.raw<Schemas['PlanCard'] | undefined>();
  isPlanned = $state(false);
  isFailed = $state(false);
  wizard = $state.raw<Schemas['Wizard'] | undefined>();

  #key = newKey();
  /** The short name follows the English one until it is typed. */
  #folderIsOwn = this.draft.folder !== '' && this.draft.folder !== folderOf(this.draft.name_en);

  async look(): Promise<void> {
    const answer = await api.get('/wizard');
    if (answer.ok) this.wizard = answer.value;
    else this.problem = answer.problem;
  }

  put(field: FieldId, value: string): void {
    if (field === 'folder') this.#folderIsOwn = value !== '';
    const more =
      field === 'name_en' && !this.#folderIsOwn ? { folder: folderOf(value) } : undefined;
    this.draft = { ...this.draft, [field]: value, ...more };
    this.#changed(field);
  }

  putAll(values: Partial<Draft>): void {
    this.draft = { ...this.draft, ...values };
    for (const field of Object.keys(values) as FieldId[]) this.#changed(field);
  }

  /** What was found wrong with a field is told until it is changed. */
  #changed(field: FieldId): void {
    keepDraft(localStorage, this.draft);
    this.would = undefined;
    this.#key = newKey();
    const errors = this.problem?.errors;
    if (this.problem && errors)
      this.problem = { ...this.problem, errors: errors.filter((each) => fieldOf(each.field) !== field) };
  }

  faultsOf(field: FieldId): string[] {
    const found = (this.problem?.errors ?? [])
      .filter((each) => fieldOf(each.field) === field)
      .map(({ message }) => message);
    if (found.length > 0) return found;
    const words = ui.pick(enStart, zhStart);
    const isMissing = steps.some(
      (step) => this.tried.has(step) && missingIn(step, this.draft).includes(field),
    );
    return isMissing ? [words.needed] : [];
  }

  isDone(step: StepId): boolean {
    if (step === 'check') return this.would !== undefined || this.village !== '';
    if (step === 'plan') return this.isPlanned;
    return missingIn(step, this.draft).length === 0 && !this.isWrong(step);
  }

  isWrong(step: StepId): boolean {
    if (isWrongIn(step, this.problem?.errors ?? [])) return true;
    return this.tried.has(step) && missingIn(step, this.draft).length > 0;
  }

  go(step: StepId): void {
    this.tried = new Set([...this.tried, this.step]);
    this.step = step;
    if (step === 'check') void this.check();
  }

  next(): void {
    this.tried = new Set([...this.tried, this.step]);
    if (missingIn(this.step, this.draft).length > 0) return;
    const place = steps.indexOf(this.step);
    this.go(steps[place + 1] ?? this.step);
  }

  back(): void {
    this.step = steps[steps.indexOf(this.step) - 1] ?? this.step;
  }

  #asked(): Schemas['NewVillage'] {
    const { folder } = this.draft;
    return this.way === 'form' ? { folder, form: toForm(this.draft) } : { folder, files: this.files };
  }

  async check(): Promise<void> {
    this.busy = true;
    this.tried = new Set(steps.filter((step) => step !== 'plan'));
    const answer = await api.post('/villages', { query: { try: true }, json: this.#asked() });
    this.busy = false;
    this.would = answer.ok ? answer.value : undefined;
    this.problem = answer.ok ? undefined : answer.problem;
  }

  /** The step in which the first error is. */
  get wrongStep(): StepId {
    const missing = steps.find((step) => missingIn(step, this.draft).length > 0);
    const errors = this.problem?.errors ?? [];
    return this.way === 'files' ? 'check' : (missing ?? stepOfErrors(errors));
  }

  async make(): Promise<void> {
    this.busy = true;
    const answer = await api.post('/villages', { json: this.#asked(), key: this.#key });
    this.busy = false;
    this.problem = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return;
    this.village = answer.value.folder;
    this.step = 'plan';
    forgetDraft(localStorage);
    void villages.look();
    await this.askPlan();
  }

  async askPlan(): Promise<void> {
    const words = ui.pick(enStart, zhStart);
    this.isFailed = false;
    const answer = await api.post('/villages/{village}/plans', {
      at: { village: this.village },
      json: { name: words.firstPlan, compares: true, draws: 0, language: tongue.language },
    });
    if (answer.ok) this.plan = answer.value;
    else {
      this.problem = answer.problem;
      this.isFailed = true;
    }
  }

  startAnew(): void {
    forgetDraft(localStorage);
    this.draft = { ...emptyDraft };
    this.#folderIsOwn = false;
    this.tried = new Set();
    this.problem = undefined;
    this.would = undefined;
    this.files = {};
    this.step = 'place';
  }
}
