// A year of hours for the sample village: sun, use and a plain battery rule. Invented, but
// balanced: every hour pv + import = use + export + loss + change of the store.
import { between, type Random } from './random';

export const hoursInYear = 8760;

export interface Home {
  capacity_kwp: number;
  battery_kwh: number;
  plain_kwh: number;
  heat_pump_kwh: number;
  car_kwh: number;
  surplusSold: boolean;
  fullExport: boolean;
}

export interface HomeYear {
  load: Float64Array;
  pv: Float64Array;
  import: Float64Array;
  export: Float64Array;
  curtailed: Float64Array;
  heat_pump_kwh: number;
  self_used_kwh: number;
  battery_self_used_kwh: number;
  loss_kwh: number;
}

const dayOf = (hour: number) => Math.floor(hour / 24);

/** Output per kWp, about 1,200 kWh a year at 40° north, with cloudy days drawn from the seed. */
export function sunPerKilowatt(random: Random): Float64Array {
  const sun = new Float64Array(hoursInYear);
  let cloud = 0.8;
  for (let hour = 0; hour < hoursInYear; ++hour) {
    if (hour % 24 === 0) cloud = 0.3 * cloud + 0.7 * between(random, 0.25, 1.05);
    const season = Math.cos((2 * Math.PI * (dayOf(hour) - 172)) / 365);
    const half = 6 + 1.45 * season;
    const offset = ((hour % 24) + 0.5 - 12.2) / half;
    if (Math.abs(offset) < 1) {
      sun[hour] =
        (0.69 + 0.09 * season) * Math.cos((offset * Math.PI) / 2) ** 1.25 * Math.min(1, cloud);
    }
  }
  return sun;
}

const daily = [
  0.5, 0.45, 0.42, 0.42, 0.45, 0.6, 0.95, 1.1, 0.9, 0.8, 0.85, 1.1, 1.15, 0.9, 0.8, 0.85, 1.0, 1.4,
  1.9, 2.0, 1.85, 1.5, 1.0, 0.7,
];

function addUse(year: HomeYear, home: Home, random: Random): void {
  const heat = new Float64Array(hoursInYear);
  let plainSum = 0;
  let heatSum = 0;
  for (let hour = 0; hour < hoursInYear; ++hour) {
    const cold = Math.max(0, Math.cos((2 * Math.PI * (dayOf(hour) - 15)) / 365) - 0.25);
    const hot = Math.max(0, Math.cos((2 * Math.PI * (dayOf(hour) - 205)) / 365) - 0.6);
    const use = (daily[hour % 24] as number) * (1 + 1.1 * hot) * between(random, 0.6, 1.4);
    year.load[hour] = use;
    plainSum += use;
    heat[hour] = cold * (1 + 0.35 * Math.cos((2 * Math.PI * ((hour % 24) - 5)) / 24));
    heatSum += heat[hour] as number;
  }
  for (let hour = 0; hour < hoursInYear; ++hour) {
    const warm = ((heat[hour] as number) * home.heat_pump_kwh) / heatSum;
    const driven = hour % 24 >= 19 ? home.car_kwh / 365 / 5 : 0;
    year.load[hour] = ((year.load[hour] as number) * home.plain_kwh) / plainSum + warm + driven;
    year.heat_pump_kwh += warm;
  }
}

export function liveThrough(home: Home, sun: Float64Array, random: Random): HomeYear {
  const empty = () => new Float64Array(hoursInYear);
  const year: HomeYear = {
    load: empty(),
    pv: empty(),
    import: empty(),
    export: empty(),
    curtailed: empty(),
    heat_pump_kwh: 0,
    self_used_kwh: 0,
    battery_self_used_kwh: 0,
    loss_kwh: 0,
  };
  addUse(year, home, random);
  const tilt = between(random, 0.92, 1.04);
  let store = 0;
  for (let hour = 0; hour < hoursInYear; ++hour) {
    const load = year.load[hour] as number;
    const pv = (sun[hour] as number) * home.capacity_kwp * tilt;
    year.pv[hour] = pv;
    const direct = home.fullExport ? 0 : Math.min(load, pv);
    let surplus = pv - direct;
    let missing = load - direct;
    const charge = Math.min(surplus, (home.battery_kwh - store) / 0.95, home.battery_kwh / 2);
    surplus -= charge;
    store += charge * 0.95;
    const discharge = Math.min(missing, store * 0.95, home.battery_kwh / 2);
    missing -= discharge;
    store -= discharge / 0.95;
    year.loss_kwh += charge * 0.05 + (discharge / 0.95) * 0.05;
    year.self_used_kwh += direct + discharge;
    year.battery_self_used_kwh += discharge;
    year.import[hour] = missing;
    year[home.surplusSold ? 'export' : 'curtailed'][hour] = surplus;
  }
  year.loss_kwh += store;
  return year;
}
