import { describe, expect, it } from 'vitest';
import { latestWins } from './latestWins.ts';

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('questions of which only the newest counts', () => {
  it('asks the first and, of those that came meanwhile, the last', async () => {
    const asked: number[] = [];
    const taken: number[] = [];
    const questions = latestWins(
      async (n: number) => {
        asked.push(n);
        await turn();
        return n * 10;
      },
      (_, answer) => taken.push(answer),
    );
    for (const n of [1, 2, 3, 4]) questions.ask(n);
    await turn();
    await turn();
    await turn();
    expect({ asked, taken }).toEqual({ asked: [1, 4], taken: [10, 40] });
  });

  it('goes on after a question that failed, and takes nothing once it has been stopped', async () => {
    const taken: number[] = [];
    const questions = latestWins(
      async (n: number) => {
        if (n < 0) throw new Error('freed');
        return n;
      },
      (_, answer) => taken.push(answer),
    );
    questions.ask(-1);
    questions.ask(5);
    await turn();
    expect(taken).toEqual([5]);
    questions.ask(6);
    questions.stop();
    await turn();
    expect(taken).toEqual([5]);
  });
});
