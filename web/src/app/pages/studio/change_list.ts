// What has been changed, as sentences, each with the draft in which it is not.
import type { Format } from '../../../format/numbers';
import type { StudioWords } from '../../words/en_studio';
import {
  withKeys,
  withEveryone,
  withoutHousehold,
  withTransformers,
  type Cell,
  type Cells,
  type Draft,
  type Studio,
} from './draft';

export interface Told {
  key: string;
  text: string;
  without: Draft;
}

interface Speaker {
  words: StudioWords;
  format: Format;
  name: (name: { en: string; zh: string }) => string;
  /** "label: value" */
  labelled: (label: string, value: string) => string;
  between: string;
}

function cellWords(column: string, cell: Cell, { words, format, labelled }: Speaker): string {
  const roof = /^roof(\d)_(.*)$/.exec(column);
  const kind = roof?.[2] ?? column;
  const title =
    {
      kwp: words.kwp,
      tilt_deg: words.tilt,
      azimuth_deg: words.azimuth,
      battery_kwh: words.batteryKwh,
      battery_kw: words.batteryKw,
      load_kwh: words.load,
      heat_pump_kwh: words.heatPump,
      mode: words.mode,
      owner: words.owner,
    }[kind] ?? kind;
  const unit =
    { kwp: ' kWp', tilt_deg: '°', azimuth_deg: '°' }[kind] ??
    (kind.endsWith('_kwh') ? ' kWh' : kind.endsWith('_kw') ? ' kW' : '');
  const value =
    cell === null || cell === ''
      ? format.none
      : (words.modes[String(cell)] ??
        words.owners[String(cell)] ??
        (Number.isFinite(Number(cell)) ? `${format.number(Number(cell), 2, 0)}${unit}` : cell));
  const label = roof ? `${words.roof(roof[1] ?? '')} ${title}` : title;
  return labelled(label, String(value));
}

const hidden = (column: string) => column === 'registered_by' || column.endsWith('_area_m2');

function household(id: string, cells: Cells, speaker: Speaker): string {
  const told = Object.entries(cells).filter(([column]) => !hidden(column));
  return `${id} ${told.map(([column, cell]) => cellWords(column, cell, speaker)).join(speaker.between)}`;
}

function keyWords(key: string, value: unknown, studio: Studio | undefined, speaker: Speaker) {
  const { words, name, labelled, format } = speaker;
  const assumption = studio?.assumptions.find((each) => `assumptions.${each.key}` === key);
  if (assumption)
    return labelled(
      name(assumption.name),
      `${format.number(Number(value), 4, 0)} ${assumption.unit === '-' ? '' : assumption.unit}`.trim(),
    );
  const tariff = studio?.tariffs.find(({ id }) => id === value);
  const shown = tariff ? name(tariff.name) : String(value);
  const dispatch = words.dispatches[value as keyof StudioWords['dispatches']];
  const title = {
    'tariff.import': words.tariffImport,
    'tariff.export': words.tariffExport,
    'tariff.export_price_yuan_per_kwh': `${words.exportPrice} ¥/kWh`,
    'tariff.export_price_source': words.exportSource,
    'plan.battery_dispatch': words.dispatch,
  }[key];
  return labelled(title ?? key, dispatch ?? shown);
}

export function told(draft: Draft, studio: Studio | undefined, speaker: Speaker): Told[] {
  const { words, labelled, format } = speaker;
  const { everyone } = draft;
  const all: Told[] = Object.entries(draft.households).map(([id, cells]) => ({
    key: `household ${id}`,
    text: household(id, cells, speaker),
    without: withoutHousehold(draft, id),
  }));
  for (const [key, value] of Object.entries(draft.set))
    all.push({
      key,
      text: keyWords(key, value, studio, speaker),
      // A tariff is one choice: without a part of it, none of it is left.
      without: key.startsWith('tariff.')
        ? withKeys(
            draft,
            Object.fromEntries(
              Object.keys(draft.set)
                .filter((each) => each.startsWith('tariff.'))
                .map((each) => [each, null]),
            ),
          )
        : withKeys(draft, { [key]: null }),
    });
  const of = (key: keyof Draft['everyone'], text: string) =>
    all.push({ key: `everyone ${key}`, text, without: withEveryone(draft, { [key]: undefined }) });
  if (everyone.owner) of('owner', labelled(words.everyOwner, words.owners[everyone.owner] ?? ''));
  if (everyone.pv) of('pv', words.everyPv);
  if (everyone.heat_pump) of('heat_pump', words.everyHeatPump);
  if (everyone.car) of('car', words.everyCar);
  if (everyone.battery_kwh !== undefined)
    all.push({
      key: 'everyone battery',
      text: labelled(words.everyBattery, `${format.number(everyone.battery_kwh, 1, 0)} kWh`),
      without: withEveryone(draft, { battery_kwh: undefined, battery_kw: undefined }),
    });
  const { curtailment, import_limit_kw, export_limit_kw } = draft.transformers;
  const transformer = (key: keyof Draft['transformers'], text: string) =>
    all.push({
      key: `transformers ${key}`,
      text,
      without: withTransformers(draft, { [key]: undefined }),
    });
  if (curtailment)
    transformer('curtailment', labelled(words.curtailment, words.curtailments[curtailment]));
  if (import_limit_kw !== undefined)
    transformer('import_limit_kw', labelled(words.importLimit, format.power(import_limit_kw)));
  if (export_limit_kw !== undefined)
    transformer('export_limit_kw', labelled(words.exportLimit, format.power(export_limit_kw)));
  return all;
}
