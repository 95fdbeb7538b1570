// The examples of the API guide. Their paths are typed by docs/openapi.yaml: an example of a route
// that does not exist fails `npm run check`.
import type { paths } from '../../../../generated/openapi';
import { addressOf } from '../../api';
import type { DataWords } from '../../words/en_data';

export interface Example {
  part: keyof DataWords['parts'];
  path: keyof paths;
  at?: Record<string, string>;
  query?: Record<string, string>;
  /** Header lines beside those of the token. */
  headers?: string[];
  json?: object;
  needs_token?: boolean;
  /** The stream goes on for ever: it is not run within the page. */
  stays_open?: boolean;
}

/** Examples for a village that one may see; without one, those that need none. */
export function examples(village: string | undefined): Example[] {
  const all: (Example | null)[] = [
    { part: 'read', path: '/factors' },
    { part: 'read', path: '/figures', query: { kind: 'tariff' } },
    { part: 'read', path: '/data/{set}', at: { set: 'village-months' }, query: { format: 'csv' } },
    village
      ? { part: 'token', path: '/villages/{village}', at: { village }, needs_token: true }
      : null,
    { part: 'token', path: '/town', needs_token: true },
    { part: 'again', path: '/factors', headers: [`If-None-Match: "…"`] },
    { part: 'pages', path: '/villages', query: { limit: '1' } },
    {
      part: 'write',
      path: '/claims',
      headers: ['Idempotency-Key: claim-1'],
      json: { tonnes: 1130, kwp_per_home: 10 },
    },
    { part: 'errors', path: '/claims', json: { tonnes: -1 } },
    village
      ? {
          part: 'live',
          path: '/events',
          query: { topic: `village/${village}` },
          needs_token: true,
          stays_open: true,
        }
      : null,
  ];
  return all.filter((each): each is Example => each !== null);
}

export const addressIn = ({ path, at, query }: Example): string => addressOf(path, at, query);

/** Within single quotes a shell takes everything as it is, but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export function curlOf(example: Example, origin: string): string {
  const parts = [
    example.stays_open ? 'curl -N' : 'curl -s',
    ...(example.needs_token ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(example.headers ?? []).map((header) => `-H ${quoted(header)}`),
    ...(example.json
      ? [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(example.json))}`]
      : []),
    quoted(origin + addressIn(example)),
  ];
  return parts.join(' \\\n  ');
}

export function pythonOf(origin: string): string {
  const address = origin + addressOf('/data/{set}', { set: 'village-months' }, { format: 'csv' });
  return `import pandas\nmonths = pandas.read_csv("${address}")\nprint(months.groupby("village").sum(numeric_only=True))`;
}
