// What goes over the wire, and that whatever goes wrong comes back as a value.
import { beforeEach, expect, test, vi } from 'vitest';
import { addressOf, api, connection, forget, newKey } from '../src/app/api';
import { faultsOf, otherFaults } from '../src/app/problems';

type Call = [string, RequestInit];
const calls = () => vi.mocked(fetch).mock.calls as unknown as Call[];
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(body === null ? null : JSON.stringify(body), { status, headers });

beforeEach(() => {
  vi.stubGlobal('fetch', vi.fn());
  connection.csrf = '';
  connection.onReach = () => undefined;
  connection.onEnd = () => undefined;
  forget();
});

test('names in a path are escaped, and empty parameters left out', () => {
  expect(
    addressOf(
      '/villages/{village}/households',
      { village: '../a b' },
      { search: '', sort: '-made' },
    ),
  ).toBe('/api/v1/villages/..%2Fa%20b/households?sort=-made');
});

test('a write brings the session’s token and a key of its own; a read brings neither', async () => {
  connection.csrf = 'secret';
  vi.mocked(fetch).mockImplementation(async () => answer(200, {}));
  await api.post('/proofs', { json: { proof: 'x' } });
  await api.get('/session');
  const written = new Headers(calls()[0]?.[1].headers);
  expect(written.get('X-CSRF-Token')).toBe('secret');
  expect(written.get('Idempotency-Key')).toMatch(/^[0-9a-f]{32}$/);
  const read = new Headers(calls()[1]?.[1].headers);
  expect(read.has('X-CSRF-Token')).toBe(false);
  expect(read.has('Idempotency-Key')).toBe(false);
  expect(newKey()).not.toBe(newKey());
});

test('what was read is asked for by its mark, and kept where nothing changed', async () => {
  vi.mocked(fetch).mockResolvedValueOnce(answer(200, { items: [1] }, { ETag: '"v1"' }));
  vi.mocked(fetch).mockResolvedValueOnce(answer(304, null));
  const first = await api.get('/villages');
  const second = await api.get('/villages');
  expect(new Headers(calls()[1]?.[1].headers).get('If-None-Match')).toBe('"v1"');
  expect(second).toEqual(first);
});

test('a problem is a value with every error', async () => {
  const problem = {
    type: 'about:blank',
    title: 'Wrong',
    status: 400,
    errors: [{ field: 'a.name', message: 'm' }, { message: 'n' }],
  };
  vi.mocked(fetch).mockResolvedValueOnce(answer(400, problem));
  const got = await api.get('/villages');
  expect(got).toEqual({ ok: false, problem });
  if (got.ok) return;
  expect(faultsOf(got.problem, 'name')).toEqual(['m']);
  expect(otherFaults(got.problem, ['name'])).toEqual([{ message: 'n' }]);
});

test('a server that is not reached is told, and so is one that answers no problem', async () => {
  const reached: boolean[] = [];
  connection.onReach = (value) => reached.push(value);
  vi.mocked(fetch).mockRejectedValueOnce(new TypeError('failed'));
  vi.mocked(fetch).mockResolvedValueOnce(new Response('<html>', { status: 502 }));
  const lost = await api.get('/villages');
  const broken = await api.get('/villages');
  expect(lost.ok || lost.problem.status).toBe(0);
  expect(broken.ok || broken.problem.status).toBe(502);
  expect(reached).toEqual([false, true]);
});

test('a session that is no longer known is told, once somebody was signed in', async () => {
  const ended = vi.fn();
  connection.onEnd = ended;
  vi.mocked(fetch).mockImplementation(async () =>
    answer(401, { title: 'x', status: 401, type: '' }),
  );
  await api.get('/villages');
  expect(ended).not.toHaveBeenCalled();
  connection.csrf = 'secret';
  await api.get('/villages');
  expect(ended).toHaveBeenCalledOnce();
});
