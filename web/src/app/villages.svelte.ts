// The villages that one may see, for the menu and the door: read once, and again for another
// person.
import { tongue } from '../format/tongue.svelte';
import { api, type Schemas } from './api';
import { Asking } from './asking.svelte';

export type VillageCard = Schemas['VillageCard'];

class VillagesState {
  list = new Asking<{ items: VillageCard[] }>();
  all = $derived(this.list.value?.items ?? []);

  async look(): Promise<void> {
    await this.list.ask((signal) => api.get('/villages', { query: { limit: 500 }, signal }));
  }

  /** A village's name in the language that is spoken; its folder's name until it is known. */
  nameOf(village: string): string {
    const found = this.all.find(({ name }) => name === village);
    return found ? tongue.name(found.title) : village;
  }
}

export const villages = new VillagesState();
