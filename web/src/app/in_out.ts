// What came into a house (or a village) and what went out of it: made + bought + from neighbours =
// used + sold + to neighbours.
export interface Flows {
  made_mWh: number | null;
  used_mWh: number | null;
  sold_mWh: number | null;
  bought_mWh: number | null;
  shared_in_mWh?: number | null;
  shared_out_mWh?: number | null;
}

export type InPart = 'made' | 'bought' | 'sharedIn';
export type OutPart = 'used' | 'sold' | 'sharedOut';
export interface Sides {
  in: { what: InPart; mWh: number }[];
  out: { what: OutPart; mWh: number }[];
}

/** Null where nothing is known, or where the two sides would not be equal: a bar must not lie. */
export function sidesOf(flows: Flows): Sides | null {
  const of = <What>(what: What, mWh: number | null | undefined) => (mWh ? [{ what, mWh }] : []);
  const sides: Sides = {
    in: [
      ...of('made' as const, flows.made_mWh),
      ...of('bought' as const, flows.bought_mWh),
      ...of('sharedIn' as const, flows.shared_in_mWh),
    ],
    out: [
      ...of('used' as const, flows.used_mWh),
      ...of('sold' as const, flows.sold_mWh),
      ...of('sharedOut' as const, flows.shared_out_mWh),
    ],
  };
  const sum = (parts: { mWh: number }[]) => parts.reduce((total, { mWh }) => total + mWh, 0);
  const total = sum(sides.in);
  return total > 0 && total === sum(sides.out) ? sides : null;
}
