// Asks once the reader pauses, and never lets an older answer stand before a newer one: each
// question ends the one before it.

export interface Latest<Question> {
  ask: (question: Question) => void;
  stop: () => void;
}

interface Told<Answer> {
  on_busy: (busy: boolean) => void;
  on_answer: (answer: Answer) => void;
}

export function latest<Question, Answer>(
  send: (question: Question, signal: AbortSignal) => Promise<Answer>,
  { on_busy, on_answer }: Told<Answer>,
  pause_ms = 120,
): Latest<Question> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | null = null;

  const end = () => {
    clearTimeout(timer);
    running?.abort();
    running = null;
  };

  async function go(question: Question): Promise<void> {
    const mine = new AbortController();
    running = mine;
    try {
      const answer = await send(question, mine.signal);
      if (running === mine) on_answer(answer);
    } catch (error) {
      if (running === mine) throw error;
    } finally {
      if (running === mine) {
        running = null;
        on_busy(false);
      }
    }
  }

  return {
    ask(question) {
      end();
      on_busy(true);
      timer = setTimeout(() => void go(question), pause_ms);
    },
    stop() {
      end();
      on_busy(false);
    },
  };
}
