// What was changed one after another, to undo and to do again. Values are never changed in place.
//
//   past ... | now | ... future      change: now → past, future is lost
//                                    undo:   now → future, last of past → now

export interface History<Value> {
  readonly past: readonly Value[];
  readonly now: Value;
  readonly future: readonly Value[];
  /** What the last change was of; the next one of the same is the same gesture. */
  readonly gesture: string | null;
}

/** Older steps than these are forgotten. */
const most = 200;

export const begin = <Value>(now: Value): History<Value> => ({
  past: [],
  now,
  future: [],
  gesture: null,
});

/** A slider that is pulled gives many values: those of one gesture are undone in one step. */
export function change<Value>(
  history: History<Value>,
  now: Value,
  gesture: string | null = null,
): History<Value> {
  const goesOn = gesture !== null && gesture === history.gesture && history.past.length > 0;
  const past = goesOn ? history.past : [...history.past, history.now].slice(-most);
  return { past, now, future: [], gesture };
}

/** The finger has left the slider: the next change is a step of its own. */
export const settle = <Value>(history: History<Value>): History<Value> => ({
  ...history,
  gesture: null,
});

export function undo<Value>(history: History<Value>): History<Value> {
  const now = history.past.at(-1);
  if (now === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    now,
    future: [history.now, ...history.future],
    gesture: null,
  };
}

export function redo<Value>(history: History<Value>): History<Value> {
  const [now, ...future] = history.future;
  if (now === undefined) return history;
  return { past: [...history.past, history.now], now, future, gesture: null };
}
