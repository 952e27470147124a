import { describe, expect, it } from 'vitest';
import { mixtureOf } from './mixture.ts';

const term = (channel: number, weight: number, product: number, strength: number) => ({
  ...{ channel, weight, product, strength },
});

describe('a mixture', () => {
  it('writes the strongest terms first and takes the others together', () => {
    const terms = [
      term(0, 0.1, 0.01, 0.1),
      term(1, -2, -1, 2),
      term(2, 0.5, 0.25, 0.5),
      term(3, 0.2, 0.02, 0.2),
      term(4, 3, 1.5, 1),
    ];
    const { terms: shown, rest, sum } = mixtureOf(terms, 0.125, 2);
    expect(shown.map(({ channel }) => channel)).toEqual([1, 4]);
    expect(rest).toMatchObject({ count: 3, printed: { text: '0.280' } });
    expect(sum).toEqual({ value: 0.905, text: '0.905' });
  });

  it('is printed so that it adds up', () => {
    const third = 1 / 3;
    const { terms, sum } = mixtureOf(
      [0, 1, 2].map((channel) => term(channel, 1, third, 1)),
      0,
      3,
    );
    expect(sum.text).toBe('1.000');
    expect(terms.map(({ printed }) => printed.text).toSorted()).toEqual(['0.333', '0.333', '0.334']);
  });

  it('has no rest of one: that term is written too', () => {
    const terms = [0, 1, 2].map((channel) => term(channel, 1, 1, channel));
    expect(mixtureOf(terms, 0, 2)).toMatchObject({ rest: null, sum: { text: '3.000' } });
  });
});
