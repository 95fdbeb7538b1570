// Words of the sections about light, power, transformers and carbon in English.

export const enGrid = {
  grid: {
    heading: 'Can the grid bear it?',
    nav: 'Grid',
    lead: (count: string, parts: string) => `Of ${count} transformers, ${parts}.`,
    part: (count: string, grade: string) => `${count} ${count === '1' ? 'is' : 'are'} ${grade}`,
    lowercase: { green: 'green', yellow: 'yellow', red: 'red' },
    all: (count: string, grade: string) =>
      count === '1'
        ? `The one transformer is ${grade}.`
        : `All ${count} transformers are ${grade}.`,
    over: (id: string, hours: string) =>
      `${id} would be beyond its rating for ${hours} hours a year.`,
    never: 'None is beyond its rating in any hour.',
    none: 'The plan names no transformer, so its hosting capacity was not looked at.',
    current: 'DL/T 2041-2025 (in force)',
    former: 'DL/T 2041-2019 (before)',
    households: 'Households',
    rating: 'Rating',
    parallel: (count: string) => `${count} in parallel`,
    connected: 'Connected PV',
    registered: 'Registered, not yet connected',
    peakImport: 'Highest import',
    peakExport: 'Highest export',
    reverse: 'Hours flowing back',
    overLimit: 'Hours over rating',
    hours: (value: string) => `${value} h`,
    formula: 'How these grades come about',
    formulaWords:
      'Hosting capacity = (use at the typical moment + allowed reverse load rate × rating × power factor + charging batteries) ÷ largest simultaneous output',
    moment: (time: string, load: string, pv: string) =>
      `Typical moment ${time}: use ${load}, PV ${pv}.`,
    storage: (value: string) => `batteries and other ${value}`,
    c1: 'C1 = hosting capacity − connected',
    c2: 'C2 = C1 − registered',
    c1Rule: 'Green: C2 above 0. Yellow: C2 not above 0, C1 above 0. Red: C1 not above 0.',
    words2019: (lambda: string) =>
      `Reverse load rate λ = (PV − use) ÷ rating = ${lambda}. Green: up to 0; yellow: up to 80 %; red: above.`,
    room2019: (value: string) => `Room that is left: ${value}.`,
    duration:
      'Flow through the transformer, hours of the year sorted from highest import to highest export',
    durationNote:
      'Above zero the transformer feeds the village, below zero the village feeds the grid. The curve must stay between the dashed lines.',
    ratingLine: 'rating',
    hoursAxis: 'Hours of the year',
    from: 'At least … of the hours',
    net: 'Net import',
  },

  carbon: {
    heading: 'Carbon',
    nav: 'Carbon',
    lead: (tonnes: string, factor: string) =>
      `The plan avoids ${tonnes} of CO₂ a year, counted with the factor “${factor}”.`,
    range: (least: string, most: string) =>
      `The same kWh give ${least} to ${most} under other factors: a number of tonnes means nothing without its factor.`,
    method: 'Method',
    chart: 'Avoided emissions under each factor, t CO₂ a year',
    chosen: 'chosen',
    name: 'Factor',
    value: 'kg CO₂/kWh',
    tonnes: 't CO₂ a year',
    kind: 'Kind',
    states: 'What may be claimed: each kWh counted once',
    state: {
      self_used: 'Used in the village',
      exported_claimed: 'Sold, certificate kept',
      certificate_sold: 'Sold with its green certificate',
      uncounted: 'Not counted',
    },
    stateWhy: {
      self_used:
        'Counts for the village: it replaces power from the grid. Its green certificate cannot be traded.',
      exported_claimed: 'Counts for the village as long as nobody else is given the certificate.',
      certificate_sold:
        'May not be claimed: the avoided tonnes belong to whoever holds the certificate.',
      uncounted: 'May not be claimed: curtailed or lost, it replaced nothing.',
    },
    notClaimed: (kwh: string) =>
      `${kwh} of generation may not be claimed as avoided emissions; to count it would be to count it twice or to count what replaced nothing.`,
    allClaimed: 'Every kWh of generation may be claimed once.',
    stateName: 'State',
    why: 'May it be claimed?',
    life: (total: string, years: string, decline: string) =>
      `Over ${years} years the plan avoids ${total} of CO₂: the grid’s factor falls by ${decline} a year, and the modules age.`,
    lifeTitle: 'Over the life of the plant',
    lifeChart: 'Avoided emissions of each year, and the falling grid factor',
    avoidedYear: 't CO₂ of the year',
    heatingTitle: 'Coal stoves replaced by heat pumps',
    heating: (homes: string, coal: string, coalCo2: string, electricityCo2: string) =>
      `In ${homes} homes heat pumps replace ${coal} of coal a year. The coal gave off ${coalCo2} of CO₂, the heat pumps’ electricity ${electricityCo2}.`,
    heatingLeft: (avoided: string) =>
      `${avoided} a year are avoided; they stand beside the tonnes above and are not part of them.`,
    heatingMore: (more: string) =>
      `With this factor the electricity gives off ${more} more than the coal did.`,
  },

  losses: {
    heading: 'From sunlight to a sold kilowatt-hour',
    nav: 'Losses',
    lead: (ratio: string, worst: string, share: string) =>
      `Of the light that would reach the roofs’ modules, the plant turns ${ratio} into usable electricity, held against the modules’ rating. The largest loss is “${worst}”: ${share}.`,
    chart: 'From light on the ground to what is used and sold, kWh a year',
    tableTitle: 'Every stage as a table',
    stage: 'Stage',
    change: 'Change',
    after: 'After it',
    share: 'Of the stage before',
    ofLevel: (percent: string, gap: string) => `${percent}${gap}of AC`,
    parts:
      'A change is held against the stage before it; curtailed, self-use and sold are shares of the AC energy, which is all that the roofs make.',
    modelled:
      'All roofs of the village whose output was reckoned from weather; light is counted as what it would make at the modules’ rating.',
    gain: 'gain',
    loss: 'loss',
    totals: 'level',
    stages: {
      horizontal: 'Light on level ground',
      transposition: 'Tilt of the roofs',
      horizon: 'Horizon',
      near_shading: 'Near shade',
      incidence: 'Angle of incidence',
      soiling: 'Dirt',
      snow: 'Snow',
      temperature: 'Warmth of the modules',
      nameplate: 'Nameplate tolerance',
      light_induced: 'Light-induced loss',
      mismatch: 'Mismatch',
      wiring: 'Wiring',
      connections: 'Connections',
      dc: 'DC energy',
      inverter: 'Inverter',
      clipped: 'Clipped at its rating',
      availability: 'Standstill',
      ac: 'AC energy',
      curtailed: 'Curtailed',
      self_used: 'Self-use',
      sold: 'Sold to the grid',
    },
  },

  heat: {
    heading: 'Hour by hour through the year',
    nav: 'Hours',
    lead: (out: string, outTime: string, into: string, intoTime: string) =>
      `The village feeds most into the grid on ${outTime}: ${out}. It draws most on ${intoTime}: ${into}.`,
    never: (into: string, intoTime: string) =>
      `The village never feeds into the grid. It draws most on ${intoTime}: ${into}.`,
    reverse: (hours: string) => `In ${hours} hours of the year power flows out of the village.`,
    map: 'Net power of the village: days from left to right, hours from top to bottom',
    hint: 'Point at the picture to read an hour.',
    at: (day: string, hour: string) => `${day}, ${hour}`,
    imports: (power: string) => `import ${power}`,
    exports: (power: string) => `export ${power}`,
    even: 'even',
    tableTitle: 'Mean net power of each hour by month, kW (below zero: export)',
  },

  claim: {
    heading: 'Which factor did they use?',
    hint: 'A published number of tonnes means different kilowatt-hours under each factor. Type one in.',
    tonnes: 'Claimed, t CO₂ a year',
    yield: 'Yield, kWh from each kWp',
    factor: 'Factor',
    energy: 'Generation it needs',
    capacity: 'PV it needs',
    ratio: 'Against this plan',
    wrong: 'Both numbers must be above zero.',
    result: (tonnes: string, least: string, most: string) =>
      `${tonnes} t can mean ${least} to ${most} of PV.`,
  },
};
