// Words about the village's wires in English.

export const enNetwork = {
  wires: {
    heading: 'What do the village’s wires bear?',
    nav: 'Wires',
    high: (volts: string, house: string, time: string, limit: string) =>
      `The highest voltage is ${volts} at ${house}, ${time}; ${limit} is allowed.`,
    low: (volts: string, house: string, time: string, limit: string) =>
      `The lowest is ${volts} at ${house}, ${time}; at least ${limit} is due.`,
    above: (houses: string, hours: string) =>
      houses === '1'
        ? `One house is above the limit, for ${hours} hours a year.`
        : `${houses} houses are above the limit, the worst for ${hours} hours a year.`,
    below: (houses: string, hours: string) =>
      houses === '1'
        ? `One house is below the limit, for ${hours} hours a year.`
        : `${houses} houses are below the limit, the worst for ${hours} hours a year.`,
    kept: 'Every limit of the wires is kept in every hour of the year.',
    other: (list: string) => `Also beyond their limits: ${list}.`,
    otherPart: (kind: string, hours: string) => `${kind} (${hours} h)`,
    moreOne: (kw: string) => `Spread evenly over the houses, ${kw} more PV fits.`,
    moreAll: (kw: string, areas: string) =>
      `Spread evenly over the houses, ${kw} more PV fits behind the ${areas} transformers.`,
    nothingMore: 'As the wires are, no more PV fits.',
    noLimitMet: (kw: string) => `${kw} more PV meets no limit; then the roofs are full.`,
    bestFree: (name: string, kw: string) =>
      `The cheapest change costs nothing to do: “${name}”, ${kw} more.`,
    best: (name: string, kw: string, price: string) =>
      `The cheapest change: “${name}”, ${kw} more for ${price} a kW.`,

    assumed: 'These wires are assumed.',
    assumedMore:
      'The village gave no network, so a likely one was made. What follows shows where to look and is no survey. With lines.csv and transformers.csv in its folder, the real wires take the place of these.',
    losses: (lines: string, transformers: string, share: string) =>
      `Losses a year: ${lines} in the lines, ${transformers} in the transformers, together ${share} of what is drawn.`,

    area: 'Transformer',
    moment: 'Moment',
    moments: { highest: 'Highest voltage', lowest: 'Lowest voltage' },
    at: (moment: string, time: string) => `${moment}: ${time}`,

    tree: 'Single-line picture',
    treeSays: (id: string, houses: string, moment: string) =>
      `Behind ${id}: ${houses} houses on their wires, at the moment of the ${moment}. Colour is the voltage.`,
    treeFull: 'Thickness is how full a line is in its fullest moment of the year.',
    treeCurrent:
      'Thickness is the greatest current of the year; what the lines may carry is not known, so none is called full.',
    lowerMoment: { highest: 'highest voltage', lowest: 'lowest voltage' },
    treeBroken: (above: string, lines: string) =>
      `Beyond limits: ${above} houses, ${lines} lines.`,
    treeBrokenHouses: (houses: string) => `Beyond limits: ${houses} houses.`,
    treeKeptHouses: 'No house is beyond its limits here.',
    treeKept: 'No house and no line is beyond its limit here.',
    hint: 'Point at a pole or house, tap it or use the arrow keys to read its voltages; a click, a second tap or Enter opens a house’s sheet.',
    bus: (name: string, metres: string) => `${name}, ${metres} from the transformer`,
    house: (house: string, phases: string) => `${house} (phase ${phases})`,
    threePhase: (house: string) => `${house} (three-phase)`,
    volts: (wire: string, volts: string) => `${wire} ${volts}`,
    noVolts: 'no voltage found',
    beyond: { above: 'above the limit', below: 'below the limit' },
    key: {
      house: 'house',
      pole: 'pole',
      above: 'above the limit',
      below: 'below the limit',
      line: 'line: the thicker, the fuller',
      current: 'line: the thicker, the more current',
      fullLine: 'line beyond its rating',
      loop: 'line that closes a loop',
    },
    nominal: 'nominal',

    map: 'Map',
    mapSays: 'The same wires where they stand, north above, without a background map.',
    north: 'N',

    profile: 'Voltage along the wires',
    profileSays: {
      highest: (id: string, house: string, metres: string, volts: string) =>
        `Where houses feed in, the voltage rises away from ${id}: highest at ${house}, ${metres} away, with ${volts}.`,
      lowest: (id: string, house: string, metres: string, volts: string) =>
        `Where houses draw, the voltage falls away from ${id}: lowest at ${house}, ${metres} away, with ${volts}.`,
    },
    profileAxis: 'Metres from the transformer',
    profileNote: 'One line a phase along every branch; the dashed lines are the limits.',
    phase: (wire: string) => `phase ${wire}`,
    limitLine: (volts: string) => `limit ${volts}`,

    durations: 'Voltage through the year',
    durationsAbove: (hours: string) => `Some house is above its limit for ${hours} hours a year.`,
    durationsBelow: (hours: string) => `Some house is below its limit for ${hours} hours a year.`,
    durationsNever: 'No house is above or below its limits in any hour of the year.',
    durationsNote:
      'Steps of the year sorted by the highest and by the lowest house; the dashed lines are the limits.',
    highestCurve: 'highest house',
    lowestCurve: 'lowest house',
    stepsAxis: 'Hours of the year',

    load: 'Power through the transformer',
    loadSays: (id: string, drawn: string, back: string, limit: string) =>
      `${id} is used up to ${drawn} of its rating when the village draws and up to ${back} when it feeds back; ${limit} may flow back.`,
    loadBeyond: (hours: string, kwh: string) =>
      `It is beyond a limit for ${hours} hours a year, by ${kwh}.`,
    phaseLoading: (percent: string) => `Its fullest phase carries ${percent} of the rated current.`,
    reverseLine: 'may flow back',

    why: { highest: 'Why the highest is so high', lowest: 'Why the lowest is so low' },
    whySays: (house: string, wire: string, volts: string, time: string, metres: string) =>
      `${house}, phase ${wire}, stands at ${volts} on ${time}, ${metres} of wire from the transformer.`,
    whyParts: (unloaded: string, own: string, others: string) =>
      `With nothing connected it would be ${unloaded}; its own power makes ${own} of the difference, that of the others ${others}.`,
    unloaded: 'With nothing connected',
    own: (house: string) => `${house} itself`,
    others: 'All others together',
    bent: 'What is not in proportion',
    stands: 'Voltage there',
    fed: (power: string) => `feeds in ${power}`,
    drawn: (power: string) => `draws ${power}`,
    whyNote: 'Each bar is what one house lifts or lowers this voltage.',
    whyLimit: (volts: string) => `The dashed line is the limit of ${volts}.`,
    whyLimitFar: (volts: string) => `The limit of ${volts} is far off and not in the picture.`,

    hosting: 'How much more fits',
    hostingSays: (id: string, even: string, what: string) =>
      `Behind ${id} ${even} more fits, spread evenly. What stops the next kW: ${what}.`,
    hostingNone: (id: string, what: string) => `Behind ${id} nothing more fits: ${what}.`,
    hostingFree: (id: string, even: string) =>
      `Behind ${id} ${even} more meets no limit; then the roofs are full.`,
    hostingQuick: (quick: string) => `The quick check of DL/T 2041 gives ${quick}.`,
    hostingQuickNone: (quick: string) => `The quick check of DL/T 2041 gives ${quick}: no room.`,
    hostingRandom: (draws: string, adopter: string, low: string, middle: string, high: string) =>
      `If houses add ${adopter} each in random order (${draws} orders), between ${low} and ${high} fit, half of the orders bear ${middle}.`,
    hostingNobody: (draws: string, adopter: string) =>
      `In ${draws} random orders hardly one house that adds ${adopter} fits.`,
    hostingStops: (list: string) => `What stops them: ${list}.`,
    hostingStop: (kind: string, share: string) => `${kind} in ${share}`,
    hostingChart: 'Share of random orders that keep the limits, by added PV',
    hostingAxis: 'Added PV, kW',
    shareAxis: '% of orders',
    keeps: 'orders that keep the limits',
    band: 'P5 to P95',
    evenLine: 'spread evenly',
    quickLine: 'DL/T 2041 quick check',
    compare: 'Every transformer',
    compareColumns: {
      even: 'Evenly, kW',
      random: 'Random P5 / P50 / P95, kW',
      quick: 'DL/T 2041, kW',
      binds: 'What binds',
    },
    atLeast: (kw: string) => `at least ${kw}`,

    rooms: 'How many kW may still go on this roof?',
    roomsSays: (none: string, half: string, of: string) =>
      `Each house by itself, all others as they are: of ${of} houses half may add ${half} or more; ${none} may add nothing.`,
    roomsNote: 'Each bar is for this house alone: if one builds, the room of its neighbours shrinks.',
    roomsUnknown:
      'How much some roofs themselves hold is not known; there the bar is what the wires bear.',
    most: 'Most room first',
    least: 'Least room first',
    order: 'Order',
    roofFull: 'its roof is full before a limit is met',
    noLimit: 'no limit is met before the search ends',
    roof: 'the roof itself',
    limit: {
      voltage_high: 'highest voltage',
      voltage_low: 'lowest voltage',
      unbalance: 'balance of the phases',
      line: 'rating of a line',
      transformer: 'rating of the transformer',
      transformer_reverse: 'flow back through the transformer',
      solution: 'a stable voltage',
    },
    kind: {
      voltage_high: 'voltage too high',
      voltage_low: 'voltage too low',
      unbalance: 'unbalanced phases',
      line: 'a line at its rating',
      transformer: 'transformer full',
      transformer_reverse: 'flow back through the transformer',
      solution: 'no stable voltage',
    },

    remedies: 'What makes room, by cost',
    remediesSays: (count: string, priced: string) =>
      `${count} changes were worked out; ${priced} of them have a price and stand first, cheapest kW above.`,
    remediesMissing: 'Missing prices go under [network.costs] in village.toml.',
    remediesUnpriced: (count: string) =>
      `${count} changes were worked out, the most room first. None has a price yet: write prices under [network.costs] in village.toml.`,
    remediesNone: 'No change was found that makes room here.',
    addedKw: (kw: string) => `+${kw}`,
    inAll: (kw: string) => `${kw} in all`,
    perKw: (yuan: string) => `${yuan} a kW`,
    costs: (yuan: string) => `costs ${yuan}`,
    free: 'costs nothing to do',
    missing: (key: string) => `Price missing: ${key}`,
    noPrice: 'Price missing',
    lost: (kwh: string) => `${kwh} a year not fed in`,
    nextBinds: (text: string) => `Then binds: ${text}`,
    nothingBinds: 'Then no limit is met before the roofs are full.',
    proof: (text: string) => `Proof: ${text}`,
    moves: (count: string) => (count === '1' ? 'The one move' : `All ${count} moves`),
    move: (house: string, from: string, to: string) => `${house} ${from} → ${to}`,

    grades: 'Grade by the wires',
    gradesSays: (changed: string, of: string) =>
      `With the power flow in place of the quick checks, ${changed} of ${of} grades of DL/T 2041 change.`,
    gradesSame: 'With the power flow in place of the quick checks, every grade of DL/T 2041 stays.',
    quick: 'Quick checks',
    flow: 'Power flow',
    notMade: 'Not checked',
    isKept: 'kept',
    isBroken: 'broken',
    used: (share: string) => `${share} used`,

    account: 'On its wire',
    accountVolts: (low: string, high: string) => `The voltage lies between ${low} and ${high} over the year.`,
    accountHours: (above: string, below: string) =>
      `It is above the limit for ${above} hours and below it for ${below}.`,
    accountRoom: (kw: string) => `${kw} may still go on this roof.`,
    accountWires: (kw: string) => `The wires bear ${kw} more here.`,
    accountNone: 'Nothing more may go on this roof.',
    accountBinds: (text: string) => `What stops more: ${text}.`,
    accountAssumed: 'The wires are assumed.',
    sheet: 'Your wire',
    sheetVolts: (low: string, high: string) =>
      `Its voltage lies between ${low} and ${high} over the year.`,
    sheetAbove: (hours: string, limit: string) =>
      `For about ${hours} hours it is above the ${limit} allowed; your plant may then switch off.`,
    sheetBelow: (hours: string, limit: string) =>
      `For about ${hours} hours it is below the ${limit} due to you.`,
    sheetRoom: (kw: string) => `It bears about ${kw} more PV.`,
    sheetRoomFull: (kw: string) => `It bears the ${kw} that still fit on your roof.`,
    sheetNone: 'It bears no more PV as it is.',
    sheetAssumed: 'The wires are assumed, not surveyed.',
  },
};
