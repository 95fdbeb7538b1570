// One stream for all that a page follows; a lost connection is said, tried again, and made good.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

class FakeStream {
  static all: FakeStream[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readyState = 0;
  heard = new Map<string, (event: unknown) => void>();
  constructor(readonly url: string) {
    FakeStream.all.push(this);
  }
  addEventListener(name: string, listener: (event: unknown) => void) {
    this.heard.set(name, listener);
  }
  close() {
    this.readyState = 2;
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
}
const last = () => FakeStream.all.at(-1) as FakeStream;

let live: (typeof import('../src/app/live.svelte'))['live'];
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  FakeStream.all = [];
  vi.stubGlobal('EventSource', FakeStream);
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('lost')));
  ({ live } = await import('../src/app/live.svelte'));
  stop = live.start();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('topics share one stream, which hands each its own news', () => {
  const village = vi.fn();
  const job = vi.fn();
  live.follow('village/a', village);
  live.follow('job/j1', job);
  expect(last().url).toBe('/api/v1/events?topic=job%2Fj1&topic=village%2Fa');
  expect(FakeStream.all.filter(({ readyState }) => readyState !== 2).length).toBe(1);
  last().open();
  last().heard.get('job')?.({ data: '{"id":"j1","state":"done"}' });
  last().heard.get('job')?.({ data: 'no json' });
  expect(job).toHaveBeenCalledOnce();
  expect(village).not.toHaveBeenCalled();
});

test('a lost stream is said, opened again, and what was missed is read anew', () => {
  const heard = vi.fn();
  live.follow('village/a', heard);
  last().open();
  expect(live.state).toBe('open');
  last().onerror?.();
  expect(live.state).toBe('lost');
  const before = FakeStream.all.length;
  vi.advanceTimersByTime(1_000);
  expect(FakeStream.all.length).toBe(before + 1);
  last().open();
  expect(live.state).toBe('open');
  expect(live.isBack).toBe(true);
  expect(heard).toHaveBeenCalledWith({ topic: 'village/a', data: null });
  vi.advanceTimersByTime(4_000);
  expect(live.isBack).toBe(false);
});

test('tries come ever more slowly', () => {
  live.follow('village/a', vi.fn());
  const waits: number[] = [];
  for (let turn = 0; turn < 6; turn++) {
    const before = FakeStream.all.length;
    last().onerror?.();
    let waited = 0;
    while (FakeStream.all.length === before) {
      vi.advanceTimersByTime(500);
      waited += 500;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
});

test('nothing followed, nothing open', () => {
  const leave = live.follow('village/a', vi.fn());
  leave();
  expect(last().readyState).toBe(2);
});
