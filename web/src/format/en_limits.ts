// Words about keeping a transformer's limits together, in English.

export const enLimits = {
  limits: {
    heading: 'Keeping its limits together',
    rule: {
      least_cost: 'least cost',
      equal_power: 'equal power',
      equal_share: 'equal share',
      pro_rata: 'pro rata',
    },
    ruleWhy: {
      least_cost: 'Whoever can give way most cheaply does.',
      equal_power: 'Every household may feed in the same kW.',
      equal_share: 'Every household may feed in the same share of its rating.',
      pro_rata: 'Every household may feed in the same share of what its PV makes at that moment.',
    },
    within: (inward: string, outward: string) =>
      `Each running for itself, the households stay within the limits of ${inward} import and ${outward} export in every hour. Nothing had to be shared.`,
    over: (hours: string, kwh: string) =>
      `Each running for itself, the households would be beyond the limits for ${hours} hours a year, by ${kwh}.`,
    kept: (rule: string, kwh: string, yuan: string) =>
      `Run together under the rule “${rule}”, they keep them: ${kwh} of PV are curtailed for it and all households together pay ${yuan} a year more.`,
    keptFree: (rule: string) =>
      `Run together under the rule “${rule}”, they keep them without curtailing any PV.`,
    importKept: 'The import limit cannot be kept by any schedule: see the notes at the end.',
    notPossible: 'They were not run together: the notes at the end say why.',
    worst: (id: string, yuan: string, kwh: string) =>
      `${id} gives up most: ${yuan} a year, with ${kwh} curtailed.`,
    importLimit: 'Import limit',
    exportLimit: 'Export limit',
    overAlone: 'Hours beyond, alone',
    kwhAlone: 'Energy beyond, alone',
    costAlone: 'Energy cost alone',
    costTogether: 'Energy cost within limits',
    gap: 'Least cost proved to',
    worth: 'One kW more would save',
    hours: (value: string) => `${value} h`,
    aYear: (yuan: string) => `${yuan} a year`,
    duration:
      'Flow through the transformer, hours of the year sorted: each for itself, and run together',
    durationNote:
      'The dashed lines are the limits. Where the households alone would cross one, the curve of all together follows it.',
    alone: 'each for itself',
    together: 'run together',
    limitLine: 'limit',
    price: 'What one more kW of the transformer would have saved, hour by hour',
    priceNote:
      'This is what one more kW would have saved all households together in that hour. Nobody pays it, and it is no tariff; it does not say what a larger transformer costs.',
    priceHours: (hours: string, yuan: string) =>
      `At the least cost the limits bind in ${hours} hours. Added up over the year, one more kW would have saved ${yuan}: right for small enlargements.`,
    priceNever: 'The limits bind in no hour of the least-cost schedules: one more kW saves nothing.',
    ofImport: (yuan: string) => `import, ${yuan}`,
    ofExport: (yuan: string) => `export, ${yuan}`,
    nothing: 'nothing',
    perKw: (yuan: string) => `${yuan} for a kW`,
    rules: 'The rules side by side',
    rulesSame:
      'Here every rule costs all households together the same, because all are paid the same price and only PV gives way: the rules differ in who loses it.',
    rulesDiffer: (parts: string) =>
      `The price of fairness, what all households together pay a year beyond the least cost: ${parts}.`,
    rulePart: (rule: string, yuan: string) => `${rule} ${yuan}`,
    ruleName: 'Rule',
    cost: 'Energy cost of all',
    more: 'More than the least',
    curtailed: 'Curtailed',
    spread: 'Share of PV curtailed: least / middle / most',
    loser: 'Loses most',
    homes: 'Who gives up what',
    home: 'Household',
    share: 'Of its PV',
    lost: 'Gives up',
    chosen: 'chosen',
  },
};
