// The built app: small at first load, nothing from elsewhere, no inline script, the same bytes twice.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';

type Files = Map<string, string>;

// Built in a process of its own, because Vitest's own process is not one of production.
function build(): Files {
  const folder = mkdtempSync(join(tmpdir(), 'xiaoyuan-app-'));
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.app.config.ts'];
  execFileSync(
    process.execPath,
    [...vite, '--logLevel', 'silent', '--outDir', folder, '--emptyOutDir'],
    {
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(folder.length + 1));
  const files: Files = new Map(
    names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
  rmSync(folder, { recursive: true });
  return files;
}

let files: Files;
beforeAll(() => {
  files = build();
});

const zipped = (names: Iterable<string>) =>
  [...names].reduce((sum, name) => sum + gzipSync(files.get(name) ?? '').length, 0);

/** A script, and all that it imports before it runs. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name) || !files.has(name)) return found;
  found.add(name);
  const code = files.get(name) ?? '';
  for (const [, path] of code.matchAll(/(?:from|^import|;import)\s*["']\.\/([^"']+)["']/g))
    withImports(`assets/${path}`, found);
  return found;
}

function firstLoad(): Set<string> {
  const html = files.get('index.html') ?? '';
  const asked = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(
    ([, name]) => name ?? '',
  );
  return new Set(['index.html', ...asked.flatMap((name) => [...withImports(name), name])]);
}

test('the shell is under 90 kB gzip', () => {
  expect(firstLoad().size).toBeGreaterThan(3);
  expect(zipped(firstLoad())).toBeLessThan(90_000);
});

test('with any page of daily life the first load stays under 300 kB gzip', () => {
  const pages = [...files.keys()].filter((name) =>
    /\/(Home|Village|Settlement|SignIn|Account|HouseholdPage|Town|Data|Admin|Start|Link|Studio)-.*\.js$/.test(
      name,
    ),
  );
  expect(pages.length).toBeGreaterThanOrEqual(8);
  for (const page of pages) {
    const load = new Set([...firstLoad(), ...withImports(page)]);
    const styles = [...files.keys()].filter((name) => name.endsWith('.css'));
    expect(zipped(new Set([...load, ...styles])), page).toBeLessThan(300_000);
  }
});

test('nothing comes from another place, and nothing stands inline in the page', () => {
  const html = files.get('index.html') ?? '';
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|javascript:/);
  for (const [name, text] of files) {
    const addresses = [...text.matchAll(/https?:\/\/[^\s"'`)\\]+/g)].map(([address]) => address);
    // Names of XML's languages and addresses within messages are not fetched.
    const fetched = addresses.filter(
      (address) => !/w3\.org|svelte\.dev|github\.com|echarts/.test(address),
    );
    expect(fetched, name).toEqual([]);
    expect(text, name).not.toMatch(/@import\s+url|url\(["']?https?:/);
  }
});

test('assets carry their digest in their name', () => {
  const names = [...files.keys()].filter((name) => name.startsWith('assets/'));
  expect(names.every((name) => /-[\w-]{8}\.(js|css|svg)$/.test(name))).toBe(true);
});

test('built again, it has the same bytes', () => {
  expect([...build()].sort()).toEqual([...files].sort());
});
