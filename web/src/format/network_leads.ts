// What is said of the village's wires: the head of the section, a bus, what still fits.
import type {
  HostingArea,
  LimitKind,
  LimitUse,
  Moment,
  Network,
  NetworkHouse,
  RandomAdopters,
  Remedy,
  Why,
} from '../results';
import type { Colours } from '../charts/colours';
import { dotLook } from '../charts/wire_look';
import { join, median, type Tongue } from './leads';

/** Less than this is no room for a module, kW. */
const noRoom = 0.05;

/** "3 May 12:15" of a plan's local time. */
export function timeOf(at: string, { words, format }: Tongue): string {
  const [day = '', clock = ''] = at.split('T');
  return words.heat.at(format.dayOfYear(new Date(`${day}T00:00:00Z`)), clock.slice(0, 5));
}

export const momentTime = (network: Network, moment: Moment): string | null =>
  network[moment]?.at ?? null;

function beyondPart(
  network: Network,
  why: Why | null,
  of: 'hours_above' | 'hours_below',
  tongue: Tongue,
): string {
  if (!why) return '';
  const { words, format } = tongue;
  const text = words.wires;
  const high = of === 'hours_above';
  const hours = network.houses.map((house) => house[of]).filter((each) => each > 0);
  const limit = high ? network.limits.highest_v : network.limits.lowest_v;
  return join(
    words,
    (high ? text.high : text.low)(
      format.volts(why.volts),
      why.house,
      timeOf(why.at, tongue),
      format.volts(limit),
    ),
    hours.length > 0 &&
      (high ? text.above : text.below)(
        format.number(hours.length),
        format.number(Math.max(...hours)),
      ),
  );
}

const notVoltage: LimitKind[] = ['line', 'transformer', 'transformer_reverse', 'unbalance', 'solution'];

function moreSentence(areas: HostingArea[], { words, format }: Tongue): string {
  const text = words.wires;
  const kw = areas.reduce((sum, area) => sum + area.more_kw, 0);
  if (kw < noRoom) return text.nothingMore;
  if (areas.every((area) => !area.is_bounded)) return text.noLimitMet(format.power(kw));
  return areas.length === 1
    ? text.moreOne(format.power(kw))
    : text.moreAll(format.power(kw), format.number(areas.length));
}

export function wiresLead(network: Network, tongue: Tongue): string {
  const { words, format, name } = tongue;
  const text = words.wires;
  const others = notVoltage.filter((kind) => network.hours_beyond[kind] > 0);
  const isKept = Object.values(network.hours_beyond).every((hours) => hours <= 0);
  const areas = network.hosting?.areas ?? [];
  const [best] = [...network.remedies]
    .filter(({ yuan_per_kw: yuan, more_kw: kw }) => yuan !== null && kw >= noRoom)
    .sort((a, b) => (a.yuan_per_kw ?? 0) - (b.yuan_per_kw ?? 0));
  return join(
    words,
    beyondPart(network, network.highest, 'hours_above', tongue),
    beyondPart(network, network.lowest, 'hours_below', tongue),
    isKept && text.kept,
    others.length > 0 &&
      text.other(
        others
          .map((kind) =>
            text.otherPart(text.kind[kind], format.number(network.hours_beyond[kind])),
          )
          .join(words.listBetween),
      ),
    areas.length > 0 && moreSentence(areas, tongue),
    best !== undefined &&
      (best.yuan_per_kw === 0
        ? text.bestFree(name(best.name), format.power(best.more_kw))
        : text.best(name(best.name), format.power(best.more_kw), format.yuan(best.yuan_per_kw))),
  );
}

/** A bus as it is pointed at: who it is, how far away, its three voltages. */
export function busTold(
  network: Network,
  bus: number,
  house: NetworkHouse | undefined,
  moment: Moment,
  { words, format }: Tongue,
): string {
  const text = words.wires;
  const at = network.buses[bus];
  if (!at) return '';
  const volts = moment === 'highest' ? at.volts_at_highest : at.volts_at_lowest;
  const named = house
    ? house.phases === 'ABC'
      ? text.threePhase(house.id)
      : text.house(house.id, house.phases)
    : at.name;
  const told = volts.flatMap((volt, phase) =>
    volt === null ? [] : text.volts('ABC'[phase] ?? '', format.volts(volt)),
  );
  return [
    text.bus(named, format.metres(at.from_transformer_m)),
    ...(told.length > 0 ? told : [text.noVolts]),
  ].join(' · ');
}

/** What is told of a limit's use, its figures kept with their units on one line. */
export const limitText = ({ text }: LimitUse, { name }: Tongue): string =>
  name(text).replace(/(\d) (?=(k?VA?|kW|A|%)(?![A-Za-z]))/g, '$1\u00a0');

/** Whether random adopters find room at all. */
export const isRoomFor = ({ p95_kw: kw }: RandomAdopters): boolean => kw >= noRoom;

export function hostingSays(area: HostingArea, network: Network, tongue: Tongue): string {
  const { words, format } = tongue;
  const text = words.wires;
  const id = network.transformers[area.transformer]?.id ?? '';
  const quick = format.power(area.dlt2041_kw);
  const even = format.power(area.more_kw);
  const { random } = area;
  const shares = Object.entries(random?.binding ?? {}) as [LimitKind, number][];
  const stops = shares.filter(([, share]) => share >= 0.005).sort((a, b) => b[1] - a[1]);
  return join(
    words,
    area.is_bounded && area.binding
      ? area.more_kw < noRoom
        ? text.hostingNone(id, limitText(area.binding, tongue))
        : text.hostingSays(id, even, limitText(area.binding, tongue))
      : text.hostingFree(id, even),
    area.dlt2041_kw > 0 ? text.hostingQuick(quick) : text.hostingQuickNone(quick),
    !!random &&
      (isRoomFor(random)
        ? text.hostingRandom(
            format.number(random.draws),
            format.power(random.adopter_kw),
            format.power(random.p05_kw),
            format.power(random.p50_kw),
            format.power(random.p95_kw),
          )
        : text.hostingNobody(format.number(random.draws), format.power(random.adopter_kw))),
    stops.length > 0 &&
      text.hostingStops(
        stops
          .map(([kind, share]) => text.hostingStop(text.limit[kind], format.percent(share)))
          .join(words.listBetween),
      ),
  );
}

export function roomsSays({ houses }: Network, { words, format }: Tongue): string {
  const rooms = houses.flatMap((house) => house.more_kw ?? []);
  return words.wires.roomsSays(
    format.number(rooms.filter((kw) => kw < noRoom).length),
    format.power(median(rooms)),
    format.number(rooms.length),
  );
}

/** What stops the next kW on a house's roof, in words. */
export function roomBinds(house: NetworkHouse, tongue: Tongue): string {
  if (house.binding && house.more_is_bounded) return limitText(house.binding, tongue);
  const isFull = house.room_kw !== null && house.pv_kw + (house.more_kw ?? 0) >= house.room_kw - 0.2;
  return isFull ? tongue.words.wires.roofFull : tongue.words.wires.noLimit;
}

/** What a remedy costs, or which price is missing and where it is written. */
export function remedyCost(remedy: Remedy, { words, format }: Tongue): string {
  const text = words.wires;
  if (remedy.cost_yuan === null)
    return remedy.missing ? text.missing(remedy.missing) : text.noPrice;
  return remedy.cost_yuan === 0 ? text.free : text.costs(format.yuan(remedy.cost_yuan));
}

export function houseOf(network: Network | null | undefined, id: string): NetworkHouse | undefined {
  return network?.houses.find((house) => house.id === id);
}

/** A house's voltages and room, in its own account. */
export function houseWire(network: Network, house: NetworkHouse, tongue: Tongue): string {
  const { words, format } = tongue;
  const text = words.wires;
  const more = house.more_kw;
  const hours = (value: number) => format.number(value, value < 10 ? 1 : 0, 0);
  return join(
    words,
    text.accountVolts(format.volts(house.lowest_v), format.volts(house.highest_v)),
    house.hours_above + house.hours_below > 0 &&
      text.accountHours(hours(house.hours_above), hours(house.hours_below)),
    typeof more === 'number' &&
      (more < noRoom
        ? text.accountNone
        : (house.room_kw === null ? text.accountWires : text.accountRoom)(format.power(more))),
    typeof more === 'number' && text.accountBinds(roomBinds(house, tongue)),
    network.is_assumed && text.accountAssumed,
  );
}

/** The sentences about a house's wire on the sheet that is handed over. */
export function sheetWires(
  network: Network | null | undefined,
  id: string,
  { words, format }: Tongue,
): string[] {
  const house = houseOf(network, id);
  if (!network || !house) return [];
  const text = words.wires;
  const { highest_v, lowest_v } = network.limits;
  const more = house.more_kw;
  const kw = (value: number) => `${format.number(value, value < 10 ? 1 : 0, 0)} kW`;
  return [
    text.sheetVolts(
      `${format.number(house.lowest_v)} V`,
      `${format.number(house.highest_v)} V`,
    ),
    ...(house.hours_above > 0
      ? [text.sheetAbove(format.number(Math.max(1, house.hours_above)), format.volts(highest_v))]
      : []),
    ...(house.hours_below > 0
      ? [text.sheetBelow(format.number(Math.max(1, house.hours_below)), format.volts(lowest_v))]
      : []),
    ...(typeof more === 'number'
      ? [
          more < noRoom
            ? text.sheetNone
            : (house.more_is_bounded ? text.sheetRoom : text.sheetRoomFull)(kw(more)),
        ]
      : []),
    ...(network.is_assumed ? [text.sheetAssumed] : []),
  ];
}

/** The house of an area whose own phases are highest, or lowest, in the moment. */
export function hardestHouse(
  network: Network,
  area: number,
  moment: Moment,
): { id: string; metres: number; volts: number } | null {
  const known = network.houses.flatMap((house) => {
    const metres = network.buses[house.bus]?.from_transformer_m ?? 0;
    const { volts } = dotLook(network, house.bus, house, moment);
    return house.transformer === area && volts !== null ? [{ id: house.id, metres, volts }] : [];
  });
  known.sort((a, b) => (moment === 'highest' ? b.volts - a.volts : a.volts - b.volts));
  return known[0] ?? null;
}

export type RoomKind = LimitKind | 'roof';

/** What stops more on a roof: a limit of the wires, or the roof itself. */
export const roomKind = (house: NetworkHouse): RoomKind =>
  house.more_is_bounded && house.binding ? house.binding.kind : 'roof';

export function roomColour(kind: RoomKind, colours: Colours): string {
  return {
    voltage_high: colours.drawn,
    voltage_low: colours.import,
    unbalance: colours.battery,
    line: colours.rose,
    transformer: colours.load,
    transformer_reverse: colours.fed,
    solution: colours.loss,
    roof: colours.selfUse,
  }[kind];
}
