/**
 * Asynchronous answers for something that changes faster than they come (values under the pointer): one question is in flight, and
 * of those that wait only the newest is kept. An answer that fails is dropped: its maps were freed by a newer run, which asks anew.
 */
export interface LatestWins<Q> {
  ask(question: Q): void;
  stop(): void;
}

export function latestWins<Q, A>(
  answer: (question: Q) => Promise<A>,
  take: (question: Q, answer: A) => void,
): LatestWins<Q> {
  let inFlight = false;
  let waiting: { readonly question: Q } | null = null;
  let isStopped = false;

  async function run(question: Q): Promise<void> {
    inFlight = true;
    try {
      const value = await answer(question);
      if (!isStopped) take(question, value);
    } catch {
      // Dropped, see above.
    }
    inFlight = false;
    const next = waiting;
    waiting = null;
    if (next && !isStopped) void run(next.question);
  }

  return {
    ask(question) {
      if (inFlight) waiting = { question };
      else void run(question);
    },
    stop() {
      isStopped = true;
      waiting = null;
    },
  };
}
