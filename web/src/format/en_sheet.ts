// Words of the sheet that is handed to a villager, in English: short, plain, without jargon.

export const enSheet = {
  sheet: {
    button: 'Sheet to hand over',
    short: 'Sheet',
    unknown: (id: string) => `There is no household ${id} in this plan.`,
    all: 'Sheets of all households',
    back: 'Back to the report',
    download: 'Table as CSV',
    title: (home: string) => `Solar power for ${home}`,
    none: 'There is no PV on your roof in this plan.',
    makes: 'Your roof makes',
    uses: 'You use of it',
    sells: 'You sell',
    buys: 'You still buy',
    needs: 'You use',
    aYear: 'a year',
    kwh: (value: string) => `${value} kWh`,
    between: '; ',
    unit: 'kWh',
    earn: 'You gain each year',
    earnNote: (saved: string, sold: string) =>
      `${saved} saved on the bill and ${sold} for what you sell`,
    rentNote: 'rent for your roof',
    costs: (capex: string) => `Your plant costs ${capex}.`,
    payback: (years: string) => `The money is back in ${years}.`,
    never: (life: string) => `It does not come back within ${life} years.`,
    leased: (owner: string) =>
      `The plant on your roof belongs to a ${owner}. You pay nothing for it and are paid rent. Your own bill stays as it is.`,
    months: 'What your roof makes, month by month',
    monthsUse: 'What you use, month by month',
    monthsShared: 'The months follow the village as a whole.',
    battery: 'Your battery',
    batteryPays: (saving: string, cost: string) =>
      `It saves you ${saving} a year and costs ${cost} a year. It pays.`,
    batteryNot: (saving: string, cost: string) =>
      `It saves you ${saving} a year and costs ${cost} a year. It does not pay by itself.`,
    batteryHarms: (loss: string, cost: string) =>
      `It raises your bill by ${loss} a year and costs ${cost} a year. It does not pay.`,
    outage: 'When the grid fails',
    outageNone:
      'The plant switches itself off, so that nobody working on the line is hurt. You have no power until the grid is back.',
    outageHours: (load: string, usual: string, least: string) =>
      `What you need most (${load}) runs on from battery and roof: usually ${usual}, at the worst moment ${least}. Then you wait for the grid.`,
    hours: (value: string) => `about ${value} hours`,
    hoursOrMore: (value: string) => `${value} hours or more`,
    notAtAll: 'not at all',
    outageUnknown:
      'Ask the installer whether your battery has an outlet for emergencies. Without one, you have no power until the grid is back.',
    sure: 'How sure are these figures?',
    assumed: (use: string) =>
      `They are reckoned, not measured. The weather is that of a usual year. Your use (${use}) and the prices are taken to stay as they are.`,
    spread: (low: string, high: string) =>
      `Eight of ten such roofs make between ${low} and ${high} a year.`,
    usually: (planned: string, usual: string) =>
      `Real roofs usually make a little less than the planned ${planned}: about ${usual}.`,
    moving: (list: string) => `What changes the result most: ${list}.`,
    ask: 'Whom to ask',
    askWhom: 'The village committee; for bills and the meter the grid company (app 网上国网).',
    contact: 'Name and telephone:',
    made: (village: string, year: string) => `${village} · plan year ${year}`,
    illustrative: 'Example figures, not of a real household.',
  },
};
