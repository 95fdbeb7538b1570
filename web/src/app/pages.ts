// Every page of the app: how it is fetched (each is an asset of its own) and who finds it in the
// menu.
import type { Component } from 'svelte';
import type { Role } from './session.svelte';
import type { RouteName } from './router.svelte';

export interface PageRow {
  load: () => Promise<{ default: Component }>;
  /** Everybody, or whoever has one of these roles; the server has the last word. */
  sees: 'everybody' | Role[];
}

const signedIn: Role[] = [
  'villager',
  'committee',
  'company',
  'grid-company',
  'town',
  'researcher',
  'administrator',
];

export const pages: Record<Exclude<RouteName, 'door'>, PageRow> = {
  signIn: { load: () => import('./pages/sign/SignIn.svelte'), sees: 'everybody' },
  setup: { load: () => import('./pages/sign/Setup.svelte'), sees: 'everybody' },
  home: { load: () => import('./pages/home/Home.svelte'), sees: ['villager'] },
  village: { load: () => import('./pages/village/Village.svelte'), sees: 'everybody' },
  household: { load: () => import('./pages/home/HouseholdPage.svelte'), sees: signedIn },
  settlement: {
    load: () => import('./pages/settlement/Settlement.svelte'),
    sees: ['committee', 'company', 'grid-company'],
  },
  studio: { load: () => import('./pages/studio/Studio.svelte'), sees: ['villager', 'committee', 'administrator'] },
  start: { load: () => import('./pages/start/Start.svelte'), sees: ['administrator'] },
  link: { load: () => import('./pages/studio/Link.svelte'), sees: 'everybody' },
  town: { load: () => import('./pages/town/Town.svelte'), sees: ['town', 'administrator'] },
  data: { load: () => import('./pages/data/Data.svelte'), sees: 'everybody' },
  admin: { load: () => import('./pages/admin/Admin.svelte'), sees: ['administrator'] },
  account: { load: () => import('./pages/account/Account.svelte'), sees: signedIn },
};

export const maySee = (row: PageRow, roles: ReadonlySet<Role>): boolean =>
  row.sees === 'everybody' || row.sees.some((role) => roles.has(role));
