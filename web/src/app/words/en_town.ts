// Words of the town's page, in English.
export const enTown = {
  heading: (town: string) => town,
  lead: (year: string, villages: string) =>
    villages === '1' ? `One village in ${year}, from settled months.` : `${villages} villages in ${year}, from settled months.`,
  none: 'There is no village that you may see here.',
  year: 'Year',
  figures: {
    capacity: 'PV capacity',
    homes: 'Homes with PV',
    made: 'Made',
    sold: 'Sold to the grid',
    earned: 'Paid by the grid company',
    avoided: 'CO₂ avoided',
  },
  homesOf: (homes: string) => `of ${homes} homes`,
  mixedFactors: 'The villages reckon by different factors: their tonnes do not add up.',

  villages: 'Villages side by side',
  village: 'Village',
  columns: {
    capacity: 'PV kWp',
    homes: 'Homes with PV',
    made: 'Made',
    sold: 'Sold',
    self: 'Used where made',
    earned: 'Paid',
    avoided: 'CO₂ avoided',
    months: 'Months settled',
    data: 'Data complete',
  },
  illustrative: 'example',
  chartLabel: 'What the villages made, and what of it was sold',
  measure: 'What to compare',
  measures: { made: 'Made', sold: 'Sold', earned: 'Paid', avoided: 'CO₂ avoided', capacity: 'PV capacity' },
  export: 'Table to take away',
  methods: 'How the tonnes were reckoned',
  method: (village: string, factor: string, value: string, document: string) =>
    `${village}: ${factor}, ${value} kg/kWh (${document})`,
  noMethod: (village: string) => `${village}: no factor, so no tonnes.`,
  estimated: 'Some lines stand on estimated readings.',

  goals: 'Goals',
  noGoals: 'No goal has been set down for this town.',
  noGoalsMore: 'Goals are data: the administrator lays them down with their document.',
  reached: (reached: string, value: string) => `${reached} of ${value}`,
  unknownReached: (value: string) => `goal ${value}; nothing is known yet of what is reached`,
  until: (year: string) => `until ${year}`,
  goalOf: (villages: string) => `villages: ${villages}`,
  units: { homes: 'homes', t: 't' } as Record<string, string>,

  published: 'Tonnes that were published',
  publishedLead: 'A number of tonnes without its factor is a question.',
  means: (least: string, most: string) =>
    `Under the factors in use it means from ${least} to ${most} a year.`,
  source: 'Source',

  claim: 'What does a claim mean?',
  claimLead: 'Type a published number of tonnes and see what it takes under each factor.',
  factorsMissing: 'The factors could not be read.',
};

export type TownWords = typeof enTown;
