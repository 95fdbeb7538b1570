// What the plan means for one party, in a few sentences with the figures of this very village.
import { netOfYears } from '../charts/party_chart';
import type { LineName, Party, PartyName, Results } from '../results';
import { householdsLead, carbonLead, join, type Tongue } from './leads';

export function plannedParty({ parties }: Results, name: PartyName): Party | null {
  const form = parties.find(({ form }) => form === 'as_planned');
  return form?.parties.find(({ party }) => party === name) ?? null;
}

/** A line of a party in one year; zero where it has no such line. */
export function lineOf(party: Party, name: LineName, year: number): number {
  return party.lines.find(({ line }) => line === name)?.yuan[year] ?? 0;
}

/** The lines of one year: what is paid and what is got, both as positive sums. */
export function sidesOf(party: Party, year: number) {
  const lines = party.lines.map(({ line, yuan }) => ({ line, yuan: yuan[year] ?? 0 }));
  return {
    pays: lines.filter(({ yuan }) => yuan < 0).map(({ line, yuan }) => ({ line, yuan: -yuan })),
    gets: lines.filter(({ yuan }) => yuan > 0),
    net: netOfYears(party)[year] ?? 0,
  };
}

/** The roofs that the party has leased, or for villagers their own. */
export function roofsOf({ households }: Results, name: PartyName) {
  const owner = name === 'villagers' ? 'natural_person' : name;
  return households.filter((each) => each.capacity_kwp > 0 && each.owner === owner);
}

function invested(party: Party, life: string, { words, format }: Tongue): string {
  const text = words.story;
  const start = netOfYears(party)[0] ?? 0;
  if (start >= 0) return result(party, life, { words, format });
  const [gain, loss] =
    party.party === 'villagers'
      ? [text.villagersInvest, text.villagersInvestLoss]
      : [text.invests, text.investsLoss];
  const say = party.npv_yuan >= 0 ? gain : loss;
  return say(format.roughYuan(-start), life, format.roughYuan(Math.abs(party.npv_yuan)));
}

function result(party: Party, life: string, { words, format }: Omit<Tongue, 'name'>): string {
  const say = party.npv_yuan >= 0 ? words.story.gains : words.story.bears;
  return say(format.roughYuan(Math.abs(party.npv_yuan)), life);
}

function villagers(results: Results, party: Party, life: string, tongue: Tongue): string[] {
  const { words, format } = tongue;
  const leased = results.households.filter(
    (each) => each.capacity_kwp > 0 && each.owner !== 'natural_person',
  );
  return [
    words.story.homes(
      format.number(results.households.length),
      format.number(roofsOf(results, 'villagers').length),
      format.number(leased.length),
    ),
    invested(party, life, tongue),
    householdsLead(results, tongue),
  ];
}

function owner(results: Results, party: Party, life: string, tongue: Tongue): string[] {
  const { words, format } = tongue;
  const roofs = roofsOf(results, party.party);
  const add = (key: 'capacity_kwp' | 'pv_kwh') => roofs.reduce((all, each) => all + each[key], 0);
  const rent = -lineOf(party, 'rent', 1);
  return [
    words.story.roofs(
      format.number(roofs.length),
      format.capacity(add('capacity_kwp')),
      format.energy(add('pv_kwh')),
    ),
    ...(rent > 0 ? [words.story.rentPaid(format.roughYuan(rent))] : []),
    invested(party, life, tongue),
  ];
}

function gridCompany(results: Results, party: Party, life: string, tongue: Tongue): string[] {
  const { words, format } = tongue;
  const first = (line: LineName) => format.roughYuan(Math.abs(lineOf(party, line, 1)));
  return [
    words.story.sellsLess(format.energy(results.energy.self_used_kwh), first('lost_sales')),
    words.story.takesIn(
      format.energy(results.energy.export_kwh),
      first('export_payment'),
      first('energy_received'),
    ),
    result(party, life, tongue),
  ];
}

function town(results: Results, party: Party, tongue: Tongue): string[] {
  const { words, format } = tongue;
  const { village } = results;
  const line = party.lines.find(({ line }) => line === 'subsidy');
  const given = -(line?.yuan.reduce((all, yuan) => all + yuan, 0) ?? 0);
  return [
    words.story.progress(
      format.number(village.with_pv),
      format.number(village.households),
      format.capacity(village.capacity_kwp),
    ),
    given > 0 ? words.story.subsidy(format.roughYuan(given)) : words.story.noSubsidy,
    carbonLead(results, tongue),
  ];
}

export function partyStory(results: Results, party: Party, tongue: Tongue): string {
  const life = tongue.format.number(results.village.life_years);
  const sentences = {
    villagers: () => villagers(results, party, life, tongue),
    company: () => owner(results, party, life, tongue),
    cooperative: () => owner(results, party, life, tongue),
    grid_company: () => gridCompany(results, party, life, tongue),
    town: () => town(results, party, tongue),
    lender: () => [invested(party, life, tongue)],
  }[party.party]();
  return join(tongue.words, ...sentences);
}
