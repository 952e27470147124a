/**
 * Where a CPU engine's thread begins. The first message says what it is: the one that holds the maps and answers the page, or a
 * helper that does tasks for it.
 */
import * as Comlink from 'comlink';
import { startArithmetic } from './arithmetic.ts';
import { createCpuService } from './service.ts';
import { createPause, createThreads, helpAt } from './threads.ts';

export type FirstMessage =
  | {
      readonly role: 'service';
      readonly port: MessagePort;
      readonly helpers: readonly MessagePort[];
      readonly budget: number;
    }
  | { readonly role: 'helper'; readonly port: MessagePort };

addEventListener(
  'message',
  (event: MessageEvent<FirstMessage>) => {
    const first = event.data;
    const arithmetic = startArithmetic();
    if (first.role === 'helper') {
      helpAt(first.port, arithmetic);
      return;
    }
    const pause = createPause();
    const threads = createThreads(first.helpers, pause, arithmetic);
    const service = createCpuService({ threads, pause, budget: first.budget });
    Comlink.expose(
      {
        ...service,
        // Results that are large are handed over, not copied.
        read: async (...request: Parameters<typeof service.read>) => {
          const outcome = await service.read(...request);
          return outcome.ok ? Comlink.transfer(outcome, [outcome.value.buffer as ArrayBuffer]) : outcome;
        },
        paint: async (...request: Parameters<typeof service.paint>) => {
          const outcome = await service.paint(...request);
          return outcome.ok ? Comlink.transfer(outcome, [outcome.value.pixels]) : outcome;
        },
      },
      first.port,
    );
  },
  { once: true },
);
