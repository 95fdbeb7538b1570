// Words of the sections about parties, scenarios and uncertainty in English.

export const enParties = {
  readers: {
    label: 'Read as',
    everyone: 'Everyone',
    villager: 'Villager',
    company: 'Company',
    cooperative: 'Co-operative',
    grid_company: 'Grid company',
    town: 'Town',
  },
  noReader: (reader: string) =>
    `There is no reader “${reader}” in this plan; here is everything.`,
  readAs: (reader: string) => `Read as: ${reader}`,
  printed: (day: string) => `Printed on ${day}`,
  print: 'Print',
  partyNames: {
    villagers: 'Villagers',
    company: 'Company',
    cooperative: 'Co-operative',
    grid_company: 'Grid company',
    town: 'Town',
    lender: 'Lender',
  },
  forms: {
    as_planned: 'As planned',
    natural_person: 'Villagers own',
    company: 'Company owns',
    cooperative: 'Co-op owns',
  },
  cashLines: {
    capex: 'Capex',
    subsidy: 'Subsidy',
    loan: 'Loan',
    loan_service: 'Interest and repayment',
    bill_saved: 'Saved on bills',
    export_income: 'Export income',
    rent: 'Roof rent',
    dividend: 'Dividend',
    operation: 'Operation and upkeep',
    replacement: 'Replacement',
    vat: 'VAT',
    lost_sales: 'Lost sales',
    energy_received: 'Value of energy received',
    export_payment: 'Payment for export',
  },

  story: {
    heading: {
      villagers: 'What the villagers have of it',
      company: 'What the company has of it',
      cooperative: 'What the co-operative has of it',
      grid_company: 'What it means for the grid company',
      town: 'What it means for the town',
      lender: 'What it means for the lender',
    },
    who: {
      villagers:
        'The households of the village: they own roofs or lease them out, and pay the bills.',
      company: 'A company that leases roofs, builds on them, and sells the energy.',
      cooperative:
        'The village’s co-operative: it leases roofs, sells the energy, and shares what is left over.',
      grid_company:
        'The grid company of the county: it sells what the village still buys, and must take in and pay for what the roofs send out.',
      town: 'The town’s government: it may give subsidies, and answers for progress and tonnes.',
      lender: 'The bank that lends for the plant.',
    },
    homes: (homes: string, own: string, leased: string) =>
      `Of ${homes} households, ${own} have PV of their own and ${leased} lease out their roof.`,
    roofs: (roofs: string, kwp: string, kwh: string) =>
      roofs === '1'
        ? `It has one roof with ${kwp}, which makes ${kwh} a year.`
        : `It has ${roofs} roofs with ${kwp}, which make ${kwh} a year.`,
    rentPaid: (yuan: string) => `It pays ${yuan} of roof rent a year.`,
    invests: (yuan: string, life: string, npv: string) =>
      `It pays in ${yuan} at the start; over ${life} years, in today’s money, ${npv} is left over.`,
    investsLoss: (yuan: string, life: string, npv: string) =>
      `It pays in ${yuan} at the start; over ${life} years, in today’s money, ${npv} is lost.`,
    villagersInvest: (yuan: string, life: string, npv: string) =>
      `Together they pay in ${yuan} at the start; over ${life} years, in today’s money, ${npv} is left over.`,
    villagersInvestLoss: (yuan: string, life: string, npv: string) =>
      `Together they pay in ${yuan} at the start; over ${life} years, in today’s money, ${npv} is lost.`,
    sellsLess: (kwh: string, yuan: string) =>
      `The grid company sells ${kwh} less a year, because the roofs supply it: ${yuan} of sales are lost.`,
    takesIn: (kwh: string, paid: string, worth: string) =>
      `It takes in ${kwh} from the roofs, pays ${paid} for it, and is spared ${worth} of buying elsewhere.`,
    bears: (yuan: string, life: string) =>
      `Over ${life} years, in today’s money, it bears ${yuan}.`,
    gains: (yuan: string, life: string) =>
      `Over ${life} years, in today’s money, it gains ${yuan}.`,
    progress: (roofs: string, homes: string, kwp: string) =>
      `${roofs} of ${homes} houses have PV, ${kwp} in all.`,
    subsidy: (yuan: string) => `The town gives ${yuan} of subsidies.`,
    noSubsidy: 'The town gives no subsidy.',
    paysIn: 'Pays',
    gets: 'Gets',
    start: 'At the start (year 0)',
    first: 'First year of operation',
    left: 'Left over',
    total: 'Sum over the life',
    totalNote: 'all yearly sums, without interest',
    irrNone: 'nothing was invested, or it never comes back',
    npvNote: 'all yearly sums in today’s money',
    chart: 'Money of each year by kind, and the running total',
    tableTitle: 'The sums year by year',
    nav: 'Story',
  },

  progress: {
    heading: 'How far the village is',
    nav: 'Progress',
    lead: (balance: string, matched: string) =>
      `Over the year its roofs make ${balance} of what the village uses; ${matched} of the use is met in the very hour.`,
    pv: 'Houses with PV',
    battery: 'Houses with a battery',
    heatPump: 'Houses with a heat pump',
  },

  roofs: {
    heading: 'The roofs and what they yield',
    nav: 'Roofs',
    lead: (count: string, least: string, most: string) =>
      `${count} roofs yield between ${least} and ${most} kWh from each kWp.`,
    leadOne: (count: string, yields: string) =>
      count === '1'
        ? `The one roof yields ${yields} kWh from each kWp.`
        : `${count} roofs yield ${yields} kWh from each kWp alike.`,
    rent: 'Rent a year',
    mode: 'Mode',
  },

  gains: {
    heading: 'Who gains, who bears',
    nav: 'Parties',
    lead: (best: string, bestYuan: string) =>
      `As planned, most is gained by: ${best} (${bestYuan} over the life, in today’s money).`,
    bears: (party: string, yuan: string) => `Most is borne by: ${party} (${yuan}).`,
    nobodyBears: 'Nobody bears a loss.',
    chart: 'Net present value of each party under each form of ownership',
    party: 'Party',
    form: 'Ownership',
    read: 'Read this party’s page',
  },

  scenarios: {
    heading: 'What if it were done otherwise?',
    nav: 'Scenarios',
    lead: (best: string, npv: string) =>
      `Of the variants, “${best}” leaves most over: ${npv} in today’s money.`,
    table: 'Scenarios side by side; below each figure its difference to the plan',
    figure: 'Figure',
    base: 'the plan',
    best: '★ best',
    points: (value: string) => `${value} points`,
    never: 'never',
    worstGrade: 'Worst transformer',
    tariffImport: 'Tariff for import',
    tariffExport: 'Tariff for export',
    bill: 'Bills a year',
    exportIncome: 'Export income a year',
    npvChart: 'NPV of each scenario',
    paybackChart: 'Payback of each scenario, years',
    explained: 'Why they differ from the plan',
  },

  uncertainty: {
    heading: 'How sure is it?',
    nav: 'Uncertainty',
    lead: (draws: string, yuan: string) =>
      `The plan was reckoned ${draws} times with other years and prices: in nine of ten cases the first year brings at least ${yuan}.`,
    leadPlain: (draws: string) =>
      `The plan was reckoned ${draws} times with other years and prices.`,
    weather: {
      synthetic: 'The years were drawn from the climate.',
      measured: 'The years were measured ones.',
      scaled:
        'The sunshine is that of a typical year, made brighter and duller as a whole from case to case.',
    },
    meaning:
      'P90 can be counted on in nine cases of ten, P50 in every second, P10 only in one of ten. Banks ask for P90.',
    measures: {
      yield_kwh_per_kwp: 'Yield of each kWp',
      generation_kwh: 'Generation a year',
      benefit_yuan: 'Income of the first year',
      npv_yuan: 'NPV',
      payback_years: 'Payback',
    },
    atLeast: (value: string) => `In nine of ten cases at least ${value}.`,
    atMost: (value: string) => `In nine of ten cases at most ${value}.`,
    neverBack: 'In more than one of ten cases the money never comes back.',
    base: 'the plan',
    key: 'Each dot is one case; the bar reaches from P90 to P10, its line is P50, and ◆ is the plan itself.',
    whole: 'These figures are of the whole plan, all owners together.',
    tornado: 'What moves the NPV most',
    tornadoNote: (npv: string) => `From the plan’s own NPV of ${npv}, one thing changed at a time.`,
    low: 'with the low value',
    high: 'with the high value',
    factor: 'What is changed',
    from: 'Low',
    to: 'High',
    swings: {
      performance: 'Performance of the plant',
      weather: 'Sunshine',
      load: 'Use',
      buy_price: 'Price of import',
      sell_price: 'Price of export',
      capex: 'Capex',
      operation: 'Upkeep',
      discount_rate: 'Discount rate',
      life_years: 'Life',
    },
    times: (value: string) => `× ${value}`,
  },
};
