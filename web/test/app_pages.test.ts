// The app mounted in a DOM: who sees which door, and what a refusal looks like, in both languages.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import App from '../src/app/App.svelte';
import { router } from '../src/app/router.svelte';
import { session, type Session } from '../src/app/session.svelte';
import { ui } from '../src/app/ui.svelte';
import { villages } from '../src/app/villages.svelte';

const nobody: Session = {
  kind: 'nobody',
  account: null,
  name: '',
  display: '',
  grants: [],
  csrf: '',
  must_change_password: false,
  until_unix_s: null,
};
const villager: Session = {
  ...nobody,
  kind: 'session',
  account: 'a7',
  name: 'li',
  display: '李秀英',
  grants: [{ role: 'villager', village: 'xinggezhuang', holder: 'H005' }],
  csrf: 'secret',
};
const card = { name: 'xinggezhuang', title: { en: 'Xinggezhuang', zh: '兴各庄村' } };
const about = { program: 'xiaoyuan', version: '1', needs_setup: false, demo: null };

let answers: Record<string, [number, unknown]>;
let mounted: ReturnType<typeof mount> | undefined;

async function show(address: string, who: Session): Promise<string> {
  history.replaceState(null, '', address);
  answers['/session'] = [200, who];
  ui.start();
  router.start();
  session.start();
  await session.look();
  mounted = mount(App, { target: document.body });
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((done) => setTimeout(done, 10));
    flushSync();
  }
  return document.body.textContent ?? '';
}

beforeEach(() => {
  answers = { '/villages': [200, { items: [card], next: null }], '/about': [200, about] };
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener() {},
    removeEventListener() {},
  }));
  vi.stubGlobal('scrollTo', () => undefined);
  vi.stubGlobal('fetch', async (address: string) => {
    const path = address.replace('/api/v1', '').replace(/\?.*/, '');
    const [status, body] = answers[path] ?? [404, { type: '', title: '', status: 404 }];
    return new Response(JSON.stringify(body), { status });
  });
});

afterEach(async () => {
  if (mounted) await unmount(mounted);
  mounted = undefined;
  document.body.innerHTML = '';
  session.take(undefined);
  session.known = false;
  villages.list.clear();
  vi.unstubAllGlobals();
});

test('a stranger is led to an open village, and finds the way to sign in', async () => {
  await show('/?lang=zh', nobody);
  expect(location.pathname).toBe('/v/xinggezhuang');
  expect(document.querySelector('a[href="/sign-in"]')?.textContent).toBe('登录');
  expect(document.querySelector('nav a[href="/home"]')).toBeNull();
});

test('where nothing is open, the first page is the sign-in; before the first account, the setup', async () => {
  answers['/villages'] = [200, { items: [], next: null }];
  await show('/', nobody);
  expect(location.pathname).toBe('/sign-in');
  if (mounted) await unmount(mounted);
  mounted = undefined;
  answers['/about'] = [200, { ...about, needs_setup: true }];
  await show('/', nobody);
  expect(location.pathname).toBe('/setup');
});

test('a villager’s door is his home, and the menu has what is his', async () => {
  await show('/?lang=en', villager);
  expect(location.pathname).toBe('/home');
  expect([...document.querySelectorAll('nav a')].map((link) => link.textContent)).toEqual([
    'My home',
    'Village',
    'Plan studio',
    'Data',
  ]);
  await vi.waitFor(
    () => expect(document.body.textContent).toContain('This does not exist, or it is not yours'),
    { timeout: 20_000 },
  );
});

test('a wrong password is told in the server’s words, and nothing is forgotten', async () => {
  await show('/sign-in?lang=zh', nobody);
  answers['/session'] = [401, { type: '', title: '用户名或密码不正确', status: 401 }];
  const [name, password] = document.querySelectorAll<HTMLInputElement>('form input');
  for (const [field, text] of [
    [name, 'li'],
    [password, 'wrong'],
  ] as const) {
    if (!field) throw new Error('a field is missing');
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  document
    .querySelector('form')
    ?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await vi.waitFor(
    () =>
      expect(document.querySelector('[role="alert"]')?.textContent).toContain('用户名或密码不正确'),
    { timeout: 20_000 },
  );
  expect(name?.value).toBe('li');
});

test('whoever must change the password is led there first', async () => {
  await show('/?lang=zh', { ...villager, grants: [], must_change_password: true });
  expect(location.pathname).toBe('/account');
  await vi.waitFor(() => expect(document.body.textContent).toContain('请先设置您自己的密码'), {
    timeout: 20_000,
  });
});

test('an address that names nothing says so, with a way on', async () => {
  const text = await show('/nowhere?lang=en', nobody);
  expect(text).toContain('There is no such page.');
  expect(document.querySelector('main a[href="/"]')).not.toBeNull();
});
