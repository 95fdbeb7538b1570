// Words of the section about sizes in English.

export const enSizing = {
  sizing: {
    heading: 'Which sizes would be best?',
    nav: 'Sizes',
    none: 'No household could be sized; the reasons stand below.',
    same: (households: string) =>
      `For ${households} households no other sizes would be cheaper than the planned ones.`,
    lead: (households: string, saved: string) =>
      `With the sizes proved best, ${households} households together would spend ${saved} a year less than with the planned ones.`,
    leadMore: (households: string, more: string) =>
      `With the sizes that meet the aim best, ${households} households together would spend ${more} a year more than with the planned ones.`,
    leadPv: (kwp: string, planned: string) => `PV ${kwp} (planned ${planned}).`,
    leadBattery: (count: string, kwh: string, planned: string) =>
      count === '0'
        ? `None of them would have a battery (planned ${planned}).`
        : `${count} of them would have a battery, together ${kwh} (planned ${planned}).`,
    applied: 'This plan is made with the proved sizes; “planned” is what households.csv says.',
    beside:
      'They are only shown here: all other figures of this report are those of the planned sizes.',
    aims: {
      cheapest: 'Sought: the cheapest plant.',
      least_import: 'Sought: the largest self-sufficiency, and the cheapest plant that has it.',
      least_carbon:
        'Sought: the least carbon of what is bought, and the cheapest plant that has it.',
    },
    budget: (yuan: string) => `No household may spend more than ${yuan} at first.`,
    counted: {
      npv: (years: string) =>
        `Counted: what is bought less what is sold over ${years} years in today’s money, with wearing modules; the price of PV and battery; upkeep; the next inverters and batteries.`,
      annual: () =>
        'Counted: what is bought less what is sold in a year with new parts; the price of PV and battery spread over their lives; upkeep; the next inverters.',
    },
    foresight:
      'Planned and proved sizes alike are run with the whole year known ahead. A real controller earns less: a battery that only just pays here would not.',
    table: 'Planned and proved sizes by household',
    saved: 'Saved ¥ a year',
    pvPlanned: 'PV planned kWp',
    pvProved: 'PV proved kWp',
    batteryPlanned: 'Battery planned kWh',
    batteryProved: 'Battery proved kWh',
    batteryPays: 'A battery pays below ¥/kWh',
    hint: 'A click on a household opens its answer.',
    savedLife: (year: string, life: string) =>
      `The proved sizes spend ${year} a year less than the planned ones, ${life} over the life in today’s money.`,
    savedYear: (year: string) => `The proved sizes spend ${year} a year less than the planned ones.`,
    costsMore: (year: string) => `The proved sizes spend ${year} a year more than the planned ones.`,
    asGood: 'No other sizes would be cheaper than the planned ones.',
    span: { npv: 'over the life', annual: 'a year' },
    totals: (total: string, bound: string, gap: string) =>
      `Energy, capital and upkeep come to ${total}; proved: no sizes cost less than ${bound} (gap ${gap}).`,
    earns: (total: string, bound: string, gap: string) =>
      `They earn ${total} more than they cost; proved: no sizes earn more than ${bound} (gap ${gap}).`,
    quantity: (share: string, gap: string) =>
      `They make the household ${share} self-sufficient; proved to within ${gap} of what it buys.`,
    roof: (plane: string) => `Roof plane ${plane}`,
    roofFull: (kwp: string, price: string, now: string) =>
      `all its room of ${kwp} is used, and would be up to ${price} a kWp (the plan pays ${now}).`,
    roofNone: (price: string, now: string) =>
      `no PV on this roof; it would pay below ${price} a kWp (the plan pays ${now}).`,
    roofNever: 'no PV on this roof; it would not pay at any price.',
    roofPart: (kwp: string, room: string) => `${kwp} of the ${room} that fit.`,
    batteryNone: (price: string, now: string) =>
      `No battery: it would pay below ${price} a kWh (the plan pays ${now}).`,
    batteryNever: 'No battery: it would not pay at any price.',
    batteryAbsent: 'No battery.',
    batterySome: (kwh: string, kw: string) => `A battery of ${kwh} and ${kw}.`,
    batteryUpTo: (price: string, now: string) =>
      `One would still pay up to ${price} a kWh (the plan pays ${now}).`,
    front: (household: string) => `Cost and self-sufficiency of household ${household}`,
    frontLead: (first: string, firstCost: string, last: string, lastCost: string) =>
      `Each point is the cheapest plant with at least that self-sufficiency: from ${first} at ${firstCost} to ${last} at ${lastCost}.`,
    frontStep: (from: string, to: string, more: string, share: string) =>
      `The last step, from ${from} to ${to}, costs ${more} more: ${share} of the whole way.`,
    cost: { npv: 'Cost over the life', annual: 'Cost a year' },
    plannedPoint: 'as planned',
    provedPoint: 'proved best for this self-sufficiency',
    point: (kwp: string, kwh: string) => `${kwp} kWp, ${kwh} kWh`,
    frontTable: 'The points as a table',
    capex: 'To spend at first',
    gap: 'Gap',
    refused: 'Not sized',
    refusedCount: (count: string, reason: string) =>
      `${count} ${count === '1' ? 'household' : 'households'}, ${reason}:`,
  },
};
