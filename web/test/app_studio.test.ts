// The studio's steps back and forth, and its questions to the server.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { begin, change, redo, settle, undo } from '../src/app/pages/studio/history';
import { latest } from '../src/app/pages/studio/latest';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('what was changed is undone and done again in its order', () => {
  let history = begin(1);
  history = change(history, 2);
  history = change(history, 3);
  history = undo(history);
  expect(history.now).toBe(2);
  history = undo(undo(history));
  expect(history.now).toBe(1);
  history = redo(redo(redo(history)));
  expect(history.now).toBe(3);
  history = change(undo(history), 7);
  expect(redo(history).now).toBe(7);
});

test('a slider that is pulled is undone in one step, and pulled again in another', () => {
  let history = begin(0);
  for (const value of [1, 2, 3]) history = change(history, value, 'kwp');
  history = settle(history);
  for (const value of [4, 5]) history = change(history, value, 'kwp');
  expect(undo(history).now).toBe(3);
  expect(undo(undo(history)).now).toBe(0);
});

test('a pulled slider does not swallow the step before it', () => {
  const history = change(change(begin(0), 1, 'kwp'), 2, 'tilt');
  expect(undo(history).now).toBe(1);
});

test('only what stands when the reader pauses is asked', async () => {
  const asked: number[] = [];
  const answers: number[] = [];
  const { ask } = latest<number, number>(
    async (question) => {
      asked.push(question);
      return question * 10;
    },
    { on_busy: () => undefined, on_answer: (answer) => answers.push(answer) },
    100,
  );
  for (const question of [1, 2, 3]) ask(question);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual([3]);
  expect(answers).toEqual([30]);
});

test('an older answer that comes late is not shown, and its request is ended', async () => {
  const ended: number[] = [];
  const answers: number[] = [];
  const busy: boolean[] = [];
  const { ask } = latest<number, number>(
    (question, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => ended.push(question));
        setTimeout(() => resolve(question), question === 1 ? 500 : 50);
      }),
    { on_busy: (now) => busy.push(now), on_answer: (answer) => answers.push(answer) },
    10,
  );
  ask(1);
  await vi.advanceTimersByTimeAsync(20);
  ask(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(ended).toEqual([1]);
  expect(answers).toEqual([2]);
  expect(busy.at(-1)).toBe(false);
});
