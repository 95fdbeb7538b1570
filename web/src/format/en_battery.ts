// Words of the sections about batteries in English.

export const enBattery = {
  batteries: {
    heading: 'What the batteries can save',
    nav: 'Batteries',
    lead: (count: string, believed: string, best: string) =>
      count === '1'
        ? `The battery saves ${believed} a year; with the whole year known beforehand it would be ${best}.`
        : `The ${count} batteries together save ${believed} a year; with the whole year known beforehand it would be ${best}.`,
    cost: (cost: string) => `What they cost, spread over their life, is ${cost} a year.`,
    believe:
      'Count on the marked figure: the larger of the plain rule and of rolling plans that take tomorrow to be as yesterday. Both need nothing that nobody can know. The others show what better forecasts could add at most: do not buy on them.',
    counted: '★ count on this',
    savings: 'Saved a year by each way of running',
    way: {
      none: 'No battery',
      rule: 'Plain rule',
      rolling_persistence: 'Rolling, as yesterday',
      rolling_noisy: 'Rolling, forecast with errors',
      rolling_perfect: 'Rolling, exact forecast',
      optimum: 'Optimum, whole year known',
    },
    wayWhy: {
      none: 'the roofs alone',
      rule: 'stores the surplus, gives what is missing',
      rolling_persistence: 'replanned hourly; knows the meter now, takes the rest as yesterday',
      rolling_noisy: 'replanned hourly; 20 % wrong one day ahead',
      rolling_perfect: 'two days ahead without error',
      optimum: 'perfect foresight, proved; nobody has it',
    },
    shareOfBest: (share: string) => `${share} of the optimum`,
    table: 'Cost of a year by each way of running, ¥',
    costNote:
      'Electricity bought less income from selling; the wear of the battery is not in it, but in its price.',
    why: 'Why it is charged when it is',
    whyNote:
      'A day of the optimum, which knows the whole year: the middle one of its season by what the battery takes in.',
    day: (season: string, date: string) => `${season}: ${date}`,
    prices: (date: string) => `Prices of a kWh and the value of stored energy, ${date}`,
    powers: (date: string) => `Power and stored energy, ${date}`,
    buy: 'Buying price',
    sell: 'Selling price',
    storedValue: 'Value of stored energy',
    stored: 'Stored energy',
    charging: 'Battery (above 0: charging)',
    valueNote:
      'The value of stored energy is what one kWh more in the battery would save from then on. The battery is charged where storing costs less than that, and drawn on where a kWh is worth more.',
    worth: 'What one more would save a year',
    worthNote:
      'Marginal values of the optimum: they hold for small changes, and a real controller gets less.',
    unit: {
      battery_kwh: '1 kWh of battery',
      battery_kw: '1 kW of battery',
      pv_kwp: '1 kWp on the roof',
      export_kw: '1 kW more that may be sold',
    },
    more: 'One more',
    saves: 'Saves a year',
    costs: 'Costs a year',
    noPrice: 'no price of its own',
    worthIt: (unit: string) => `More pays: ${unit}.`,
    noneWorthIt: 'Nothing of this pays for itself.',
    gap: (gap: string) => `The optimum is proved to within ${gap} (certificate).`,
    bounded:
      'In some hours the grid pays more for a kWh than it asks. There the optimum is bounded only, and no reasons are given.',
    sheetMost: (best: string) => `No way of running it saves more than ${best}.`,
    sheetCount: (believed: string, best: string) =>
      `Count on ${believed} only; no way of running it saves more than ${best}.`,
  },
};
