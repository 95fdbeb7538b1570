// Lists as long as a village's and a year of sun, where the one example of a schema shows too little.
const clone = (value) => structuredClone(value);
const wave = (seed) => ((Math.sin(seed * 12.9898) * 43758.5453) % 1 + 1) % 1;

function series(holder, query, make) {
  const step = query.get('step') ?? 'day';
  const from = Date.parse(`${query.get('from') ?? '2026-10-01'}T00:00:00+08:00`) / 1000;
  const to = Date.parse(`${query.get('to') ?? '2026-11-01'}T00:00:00+08:00`) / 1000;
  const seconds = { quarter: 900, hour: 3600, day: 86400, month: 30 * 86400 }[step];
  const starts = [];
  for (let at = from; at < to; at += seconds) starts.push(at);
  const sun = (at) => Math.max(0, Math.sin((((at + 8 * 3600) % 86400) / 86400 - 0.25) * 2 * Math.PI));
  const made = starts.map((at, i) => (i === 5 ? null : Math.round((step === 'day' || step === 'month' ? 14e6 * (0.4 + wave(at)) * (step === 'month' ? 30 : 1) : 6e6 * sun(at) * (seconds / 3600)))));
  const used = starts.map((at, i) => (i === 5 ? null : Math.round((step === 'day' ? 9e6 : step === 'month' ? 250e6 : 0.5e6 * (seconds / 3600)) * (0.6 + 0.8 * wave(at + 3)))));
  const self_used = made.map((m, i) => (m === null ? null : Math.min(m, Math.round(used[i] * 0.45))));
  const less = (a, b) => a.map((v, i) => (v === null || b[i] === null ? null : v - b[i]));
  const sum = (a) => a.reduce((t, v) => t + (v ?? 0), 0);
  const sold = less(made, self_used), bought = less(used, self_used);
  return { holder, step, zone: 'Asia/Shanghai', starts_unix_s: starts, end_unix_s: to, made_mWh: made, self_used_mWh: self_used, sold_mWh: sold, bought_mWh: bought, used_mWh: used, quality: made.map((m) => (m === null ? 'missing' : 'measured')), source: made.map(() => 'intervals'), heard: made.map(() => 1), sums: { made_mWh: sum(made), self_used_mWh: sum(self_used), sold_mWh: sum(sold), bought_mWh: sum(bought), used_mWh: sum(used) }, missing_steps: 1 };
}

export function richer(path, [village, household], query, make, { components: { schemas } }) {
  if (path === '/villages')
    return { items: [schemas.VillageCard.example, schemas.VillageCards.example.items[0]], next: null };
  if (path === '/villages/{village}') {
    const one = clone(schemas.Village.example);
    one.card = clone(schemas.VillageCard.example);
    one.months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((m) => ({ ...clone(schemas.PeriodTotals.example), from: `2026-${String(m).padStart(2, '0')}`, to: `2026-${String(m).padStart(2, '0')}` }));
    one.years = [one.card.this_year];
    return one;
  }
  if (path.endsWith('/energy')) return series(household ?? village, query, make);
  if (path === '/villages/{village}/households') {
    const items = Array.from({ length: 46 }, (_, i) => {
      const row = clone(i % 3 ? schemas.HouseholdRow.example : schemas.HouseholdRows.example.items[0]);
      row.id = `H${String(i + 1).padStart(3, '0')}`;
      row.name = `${i + 1}号院`;
      if (row.last_month) row.last_month.energy.bought_mWh = Math.round(1e8 + 3e8 * wave(i));
      return row;
    }).filter((row) => !query.get('search') || row.id.includes(query.get('search')) || row.name.includes(query.get('search')));
    return { items, next: null, count: items.length, giving: 30, taking: 16 };
  }
  if (path === '/villages/{village}/households/{household}') {
    const one = clone(schemas.Household.example);
    one.row.id = household;
    one.months = [6, 7, 8, 9, 10].map((m) => ({ ...clone(one.months[0]), month: `2026-${String(m).padStart(2, '0')}` }));
    return one;
  }
  if (path === '/villages/{village}/map') {
    const map = clone(schemas.VillageMap.example);
    Object.assign(map, { min_x_m: -60, min_y_m: -50, max_x_m: 150, max_y_m: 50, houses: [], lines: [], poles: [] });
    for (let c = 0; c < 10; c++) {
      const x = -40 + 18 * c;
      map.poles.push({ x_m: x, y_m: 0 });
      map.lines.push({ kind: 'line', from_x_m: c ? x - 18 : -60, from_y_m: 0, to_x_m: x, to_y_m: 0 });
      for (const [r, y] of [-40, -20, 20, 40].entries()) {
        const n = c * 4 + r + 1;
        map.houses.push({ id: `H${String(n).padStart(3, '0')}`, name: `${n}号院`, x_m: x + 4, y_m: y, capacity_kwp: n % 3 ? 18 : 0, balance: n % 3 ? 'gives' : n % 7 ? 'takes' : 'unknown' });
        map.lines.push({ kind: 'drop', from_x_m: x, from_y_m: 0, to_x_m: x + 4, to_y_m: y });
      }
    }
    return map;
  }
  if (path === '/villages/{village}/months')
    return { items: [10, 9, 8, 7].map((m) => ({ ...clone(schemas.MonthSummary.example), month: `2026-${String(m).padStart(2, '0')}`, sealed: m < 9 })), next: null, settles: true, first_month: '2026-01', next_month: '2026-11' };
  if (path === '/villages/{village}/months/{month}')
    return { ...clone(schemas.MonthSummary.example), runs: [{ revision: 1, known_at_unix_s: 1793635200, entries: 220, refused: [] }], parties: [{ party: 'grid', holder: 'grid_company', name: { en: 'Grid company', zh: '供电公司' } }] };
  if (path === '/villages/{village}/months/{month}/statements')
    return { items: Array.from({ length: 30 }, (_, i) => ({ ...clone(schemas.StatementSummary.example), id: `2026-10/H${String(i + 1).padStart(3, '0')}`, party: `H${String(i + 1).padStart(3, '0')}`, total_fen: Math.round(30000 * wave(i)) - 8000 })), next: null, count: 30 };
  if (path === '/villages/{village}/months/{month}/statements/{holder}') {
    const one = clone(schemas.Statement.example);
    one.changes = clone(schemas.StatementSummary.example.changes);
    one.last_month_fen = 4997;
    return one;
  }
  if (path === '/villages/{village}/transformers') return { items: [schemas.TransformerRow.example, { ...clone(schemas.TransformerRow.example), id: 'T2', grades: [schemas.HostingGrade.example] }] };
  return undefined;
}
