// The money of the sample village's parties under each form of ownership, line by line.
import type { Form, LineName, OwnershipForm, Party, PartyName } from '../results';
import type { Lived } from './homes';
import { rentPerKilowatt } from './homes';
import { exportPrice } from './money';

const life = 25;
const rate = 0.05;

interface Roofs {
  kwp: number;
  capex: number;
  self_used: number;
  sold: number;
  saved: number;
}

const none: Roofs = { kwp: 0, capex: 0, self_used: 0, sold: 0, saved: 0 };

function roofs(lived: Lived[]): Roofs {
  return lived.reduce((sum, { household: home }) => {
    const capex = home.capacity_kwp * 2900 + home.battery_kwh * 1100;
    return {
      kwp: sum.kwp + home.capacity_kwp,
      capex: sum.capex + capex,
      self_used: sum.self_used + home.self_used_kwh,
      sold: sum.sold + home.export_kwh,
      saved: sum.saved + home.bill_without_pv_yuan - home.bill_with_pv_yuan,
    };
  }, none);
}

/** The same amount in year 0, or a yearly one that falls as the modules age. */
const once = (yuan: number) => [yuan, ...Array.from({ length: life }, () => 0)];
const yearly = (yuan: number, fall = 0) => [
  0,
  ...Array.from({ length: life }, (_unused, year) => yuan * (1 - fall) ** year),
];
const inYear = (year: number, yuan: number) =>
  Array.from({ length: life + 1 }, (_unused, each) => (each === year ? yuan : 0));

function party(name: PartyName, lines: [LineName, number[]][]): Party[] {
  const present = lines.filter(([, yuan]) => yuan.some((each) => each !== 0));
  if (present.length === 0) return [];
  const net = Array.from({ length: life + 1 }, (_unused, year) =>
    present.reduce((all, [, yuan]) => all + (yuan[year] ?? 0), 0),
  );
  const worth = (at: number) => net.reduce((all, yuan, year) => all + yuan / (1 + at) ** year, 0);
  const invests = (net[0] ?? 0) < 0;
  let [low, high] = [0, 1];
  for (let round = 0; round < 60; ++round) {
    const middle = (low + high) / 2;
    if (worth(middle) > 0) low = middle;
    else high = middle;
  }
  let sum = 0;
  const before = net.findIndex((yuan) => (sum += yuan) >= 0);
  return [
    {
      party: name,
      npv_yuan: worth(rate),
      irr: invests && worth(0) > 0 ? low : null,
      payback_years: invests && before > 0 ? before : null,
      total_yuan: net.reduce((all, yuan) => all + yuan, 0),
      lines: present.map(([line, yuan]) => ({ line, yuan })),
    },
  ];
}

function form(name: Form, own: Roofs, company: Roofs, cooperative: Roofs): OwnershipForm {
  const rent = rentPerKilowatt * (company.kwp + cooperative.kwp);
  const subsidy = cooperative.kwp * 200;
  const dividend = cooperative.sold * exportPrice * 0.35;
  const sold = own.sold + company.sold + cooperative.sold;
  const loan = company.capex * 0.6;
  const service = (loan * 0.045) / (1 - 1.045 ** -10);
  const paid = Array.from({ length: life + 1 }, (_unused, year) =>
    year >= 1 && year <= 10 ? service : 0,
  );
  const negative = (yuan: number[]) => yuan.map((each) => (each === 0 ? 0 : -each));
  const upkeep = (of: Roofs): [LineName, number[]][] => [
    ['operation', yearly(-40 * of.kwp)],
    ['replacement', inYear(13, -180 * of.kwp)],
  ];
  return {
    form: name,
    parties: [
      ...party('villagers', [
        ['capex', once(-own.capex)],
        ['bill_saved', yearly(own.saved, 0.005)],
        ['export_income', yearly(own.sold * exportPrice, 0.005)],
        ['rent', yearly(rent)],
        ['dividend', yearly(dividend, 0.005)],
        ...upkeep(own),
      ]),
      ...party('company', [
        ['capex', once(-company.capex)],
        ['loan', once(loan)],
        ['loan_service', negative(paid)],
        ['export_income', yearly(company.sold * exportPrice, 0.005)],
        ['rent', yearly(-rentPerKilowatt * company.kwp)],
        ['vat', yearly(-company.sold * exportPrice * 0.01, 0.005)],
        ...upkeep(company),
      ]),
      ...party('cooperative', [
        ['capex', once(-cooperative.capex)],
        ['subsidy', once(subsidy)],
        ['export_income', yearly(cooperative.sold * exportPrice, 0.005)],
        ['rent', yearly(-rentPerKilowatt * cooperative.kwp)],
        ['dividend', yearly(-dividend, 0.005)],
        ...upkeep(cooperative),
      ]),
      ...party('grid_company', [
        ['lost_sales', yearly(-own.saved, 0.005)],
        ['energy_received', yearly(sold * 0.42, 0.005)],
        ['export_payment', yearly(-sold * exportPrice, 0.005)],
      ]),
      ...party('town', [['subsidy', once(-subsidy)]]),
      ...party('lender', [
        ['loan', once(-loan)],
        ['loan_service', paid],
      ]),
    ],
  };
}

export function sampleParties(lived: Lived[]): OwnershipForm[] {
  const of = (owner: string) => roofs(lived.filter(({ household }) => household.owner === owner));
  const all = roofs(lived);
  const leased = { ...all, self_used: 0, saved: 0, sold: all.sold + all.self_used };
  return [
    form('as_planned', of('natural_person'), of('company'), of('cooperative')),
    form('natural_person', all, none, none),
    form('company', none, leased, none),
    form('cooperative', none, none, leased),
  ];
}
