// The words of every page of the app: both languages whole, and each in its own script.
import { expect, test } from 'vitest';

type Words = Record<string, unknown>;
const files = import.meta.glob<Words>('../src/app/words/*.ts', { eager: true });

const dictionary = (path: string): Words => Object.values(files[path] ?? {})[0] as Words;

/** Every sentence with its name; a function is asked with marks in place of its words. */
function sentences(words: unknown, name = ''): [string, string][] {
  if (typeof words === 'string') return [[name, words]];
  if (typeof words === 'function')
    return [
      [
        name,
        String((words as (...all: string[]) => string)(...Array<string>(words.length).fill('§'))),
      ],
    ];
  return Object.entries(words as Words).flatMap(([key, each]) => sentences(each, `${name}.${key}`));
}

const english = Object.keys(files).filter((path) => /\/en(_\w+)?\.ts$/.test(path));

test('each page has its words in two languages', () => {
  expect(english.length).toBeGreaterThan(5);
  for (const path of english) expect(files[path.replace('/en', '/zh')], path).toBeDefined();
});

test.each(english)('%s says the same things in both, with the same blanks', (path) => {
  const en = sentences(dictionary(path));
  const zh = new Map(sentences(dictionary(path.replace('/en', '/zh'))));
  expect([...zh.keys()].sort()).toEqual(en.map(([name]) => name).sort());
  for (const [name, sentence] of en) {
    const other = zh.get(name) ?? '';
    expect(sentence.trim(), name).not.toBe('');
    expect(other.trim(), name).not.toBe('');
    // A figure that is told in one language must be told in the other.
    if (sentence.includes('§')) expect(other.includes('§'), name).toBe(true);
    expect(/[\u4e00-\u9fff]/.test(sentence.replace('中文', '')), `${name}: ${sentence}`).toBe(
      false,
    );
  }
});
