// Live news from the server (server-sent events): one stream a browser, whichever of its pages
// holds it hands the events to the others. Says when the connection is lost, and when it is back.
//
//   Web Locks choose the page that holds the stream; a BroadcastChannel carries topics to it and
//   events from it. Where a browser has neither, each page holds a stream of its own.
import { connection } from './api';

export interface News {
  /** "village/xinggezhuang", "job/j7" */
  topic: string;
  /** Null after a lost connection: read anew what is shown. */
  data: unknown;
}
type Listener = (news: News) => void;
type Letter =
  | { kind: 'want'; from: string; topics: string[] }
  | { kind: 'ask' }
  | { kind: 'news'; news: News }
  | { kind: 'state'; state: State };
export type State = 'idle' | 'open' | 'lost';

const names = ['village', 'job'] as const;
const firstWait_ms = 1_000;
const longestWait_ms = 15_000;
const probeEvery_ms = 3_000;

class Live {
  state = $state<State>('idle');
  /** Lost at least once and open again since a moment ago. */
  isBack = $state(false);
  #listeners = new Map<string, Set<Listener>>();
  #wanted = new Map<string, string[]>();
  #self = Math.random().toString(36).slice(2);
  #channel: BroadcastChannel | undefined;
  #leads = false;
  #stream: EventSource | undefined;
  #streamTopics = '';
  #wait_ms = firstWait_ms;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #prober: ReturnType<typeof setTimeout> | undefined;
  #was: State = 'idle';

  start(): () => void {
    const stop = new AbortController();
    connection.onReach = (reached) => this.#reached(reached);
    addEventListener('offline', () => this.#set('lost'), { signal: stop.signal });
    addEventListener('online', () => this.#open(true), { signal: stop.signal });
    if (typeof BroadcastChannel !== 'undefined' && navigator.locks) {
      this.#channel = new BroadcastChannel('xiaoyuan.live');
      this.#channel.onmessage = (event) => this.#read(event.data as Letter);
      void navigator.locks
        .request('xiaoyuan.live', { signal: stop.signal }, () => {
          this.#lead();
          return new Promise<void>((done) => stop.signal.addEventListener('abort', () => done()));
        })
        .catch(() => undefined);
    } else {
      this.#lead();
    }
    return () => {
      stop.abort();
      this.#close();
      this.#channel?.close();
    };
  }

  /** Hears a topic's news until the returned function is called. */
  follow(topic: string, listener: Listener): () => void {
    const all = this.#listeners.get(topic) ?? new Set();
    all.add(listener);
    this.#listeners.set(topic, all);
    this.#want();
    return () => {
      all.delete(listener);
      if (all.size === 0) this.#listeners.delete(topic);
      this.#want();
    };
  }

  #want(): void {
    const topics = [...this.#listeners.keys()];
    this.#wanted.set(this.#self, topics);
    if (this.#leads) this.#open(false);
    else this.#post({ kind: 'want', from: this.#self, topics });
  }

  #post(letter: Letter): void {
    this.#channel?.postMessage(letter);
  }

  #lead(): void {
    this.#leads = true;
    this.#post({ kind: 'ask' });
    this.#open(false);
  }

  #read(letter: Letter): void {
    if (letter.kind === 'news') this.#tell(letter.news);
    else if (letter.kind === 'state' && !this.#leads) this.#set(letter.state);
    else if (letter.kind === 'ask')
      this.#post({ kind: 'want', from: this.#self, topics: [...this.#listeners.keys()] });
    else if (letter.kind === 'want' && this.#leads) {
      if (letter.topics.length > 0) this.#wanted.set(letter.from, letter.topics);
      else this.#wanted.delete(letter.from);
      this.#open(false);
      this.#post({ kind: 'state', state: this.state });
    }
  }

  #open(again: boolean): void {
    if (!this.#leads) return;
    const topics = [...new Set([...this.#wanted.values()].flat())].sort();
    const asked = topics.join('\n');
    if (!again && asked === this.#streamTopics && this.#stream) return;
    this.#close();
    if (topics.length === 0) return;
    this.#streamTopics = asked;
    const query = topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join('&');
    const stream = new EventSource(`/api/v1/events?${query}`);
    this.#stream = stream;
    stream.onopen = () => {
      this.#wait_ms = firstWait_ms;
      this.#set('open');
    };
    stream.onerror = () => {
      this.#set('lost');
      // The browser tries again by itself only where the server was not reached at all.
      this.#close();
      this.#timer = setTimeout(() => this.#open(true), this.#wait_ms);
      this.#wait_ms = Math.min(longestWait_ms, 2 * this.#wait_ms);
    };
    for (const name of names)
      stream.addEventListener(name, (event) => this.#hear(name, event as MessageEvent<string>));
  }

  #hear(name: (typeof names)[number], event: MessageEvent<string>): void {
    try {
      const data = JSON.parse(event.data) as { village?: string; id?: string };
      const topic = `${name}/${(name === 'village' ? data.village : data.id) ?? ''}`;
      const news = { topic, data };
      this.#tell(news);
      this.#post({ kind: 'news', news });
    } catch {
      return;
    }
  }

  #tell(news: News): void {
    for (const listener of this.#listeners.get(news.topic) ?? []) listener(news);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#stream = undefined;
    this.#streamTopics = '';
  }

  /** Without a stream that tries again by itself, the server is asked whether it is there. */
  #probe(): void {
    clearTimeout(this.#prober);
    this.#prober = setTimeout(() => {
      if (this.state !== 'lost') return;
      fetch('/api/v1/about', { cache: 'no-store' }).then(
        () => this.#reached(true),
        () => this.#probe(),
      );
    }, probeEvery_ms);
  }

  #reached(reached: boolean): void {
    if (!reached) this.#set('lost');
    else if (this.state === 'lost') {
      this.#set(this.#stream?.readyState === 1 ? 'open' : 'idle');
      if (!this.#stream) this.#open(true);
    }
  }

  #set(state: State): void {
    if (state === 'lost') {
      this.#was = 'lost';
      if (!this.#stream) this.#probe();
    } else if (this.#was === 'lost') {
      this.#was = state;
      this.isBack = true;
      setTimeout(() => (this.isBack = false), 4_000);
      // What was missed meanwhile is read again.
      for (const [topic, listeners] of this.#listeners)
        for (const listener of listeners) listener({ topic, data: null });
    }
    this.state = state;
    if (this.#leads) this.#post({ kind: 'state', state });
  }
}

export const live = new Live();
