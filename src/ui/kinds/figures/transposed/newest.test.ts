import { expect, it } from 'vitest';
import type { Engine } from '../../../../engine/engine.ts';
import { type Computation, createNewestRunner, type Newest } from './newest.ts';

/** Computations that end when they are told to; each finds its own name. */
function controlled() {
  const started: { readonly asked: string; finish(): void; fail(message: string): void }[] = [];
  const freed: string[] = [];
  const shown: Newest<string>[] = [];
  const computation: Computation<string, string> = {
    compute: (_engine, asked) =>
      new Promise((resolve, reject) => {
        started.push({ asked, finish: () => resolve(asked), fail: (message) => reject(new Error(message)) });
      }),
    free: (found) => freed.push(found),
  };
  const engine = {} as Engine;
  const runner = createNewestRunner(engine, computation, (state) => shown.push(state));
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return { started, freed, shown, runner, settled };
}

it('computes one at a time and, of what is asked meanwhile, the newest alone', async () => {
  const { started, shown, freed, runner, settled } = controlled();
  for (const asked of ['a', 'b', 'c']) runner.request(asked);
  expect(started.map(({ asked }) => asked)).toEqual(['a']);
  started[0]!.finish();
  await settled();
  expect(started.map(({ asked }) => asked)).toEqual(['a', 'c']);
  started[1]!.finish();
  await settled();
  expect(shown.map(({ found }) => found)).toEqual(['a', 'c']);
  expect(freed).toEqual(['a']);
});

it('says what has failed, unless something newer waits', async () => {
  const { started, shown, runner, settled } = controlled();
  runner.request('a');
  runner.request('b');
  started[0]!.fail('the tensor has been freed');
  await settled();
  expect(shown).toEqual([]);
  started[1]!.fail('out of memory');
  await settled();
  expect(shown).toEqual([{ status: 'failed', found: null, message: 'out of memory' }]);
});

it('frees what it has found when it stops, and what is found afterwards', async () => {
  const { started, freed, shown, runner, settled } = controlled();
  runner.request('a');
  started[0]!.finish();
  await settled();
  runner.request('b');
  runner.stop();
  expect(freed).toEqual(['a']);
  started[1]!.finish();
  await settled();
  expect(freed).toEqual(['a', 'b']);
  expect(shown).toHaveLength(1);
});
