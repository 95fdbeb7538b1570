// The built page: one file, small, with the place for the plan once, asking nothing of a network.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { fill } from '../look/fill';

let html = '';

// Built in a process of its own, because Vitest's own process is not one of production.
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'xiaoyuan-page-'));
  const vite = [
    'node_modules/vite/bin/vite.js',
    'build',
    '--logLevel',
    'silent',
    '--outDir',
    folder,
  ];
  execFileSync(process.execPath, vite, { env: { ...process.env, NODE_ENV: 'production' } });
  expect(readdirSync(folder)).toEqual(['report.html']);
  html = readFileSync(join(folder, 'report.html'), 'utf8');
  rmSync(folder, { recursive: true });
});

test('the place for the plan is there once, inside its data element', () => {
  expect(html.split('__RESULTS__').length).toBe(2);
  expect(html.includes('<script type="application/json" id="results">__RESULTS__</script>')).toBe(
    true,
  );
});

test('it is under 950 kB and loads nothing', () => {
  expect(Buffer.byteLength(html)).toBeLessThan(950_000);
  const markup = html.replace(/<script type="module">[\s\S]*?<\/script>/, '');
  const loading = /<(script|img|iframe)[^>]+\bsrc=|<link[^>]+href="(?!data:)|@import|url\(/.exec(
    markup,
  );
  expect(loading?.[0]).toBeUndefined();
});

test('the policy lets only the page’s own script run', () => {
  const script = /<script type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(script).digest('base64');
  expect(script.length).toBeGreaterThan(100_000);
  expect(html.includes(`script-src 'sha256-${hash}'`)).toBe(true);
});

test('a plan cannot close the data element', () => {
  const filled = fill(html, '{"name":"</script><script>alert(1)"}');
  expect(filled.includes('{"name":"\\u003c/script>\\u003cscript>alert(1)"}')).toBe(true);
  expect(() => fill(filled, '{}')).toThrow('0 times');
});
