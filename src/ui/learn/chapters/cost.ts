/** The price of a layer, letter by letter. */
import type { Chapter } from './chapter.ts';
import { layerOf, priceOf, times } from './exploreFacts.ts';

export const cost: Chapter = {
  name: 'cost',
  state: (start) => start,
  figure: async () => (await import('../figures/ExploreFigure.tsx')).PriceFigure,
  words: [],
  opens: ['explore'],
  formula: String.raw`\mathrm{MAC} = C\,H\,W\,K^2\,N \qquad P = N\,(C\,K^2 + 1)`,
  isTried: (facts) => layerOf(facts).stride.every((step) => step === 2),
  questions: {
    one: {
      answers: () => [252, 675, 684, 700].map(String),
      isShown: (facts) => layerOf(facts).kernelSize.every((side) => side === 5),
      seen: (facts) => String(priceOf(facts)?.parameters),
    },
    two: {
      answers: () => [1, 2, 4].map(times),
      isShown: (facts) => layerOf(facts).outChannels === 18,
      seen: (facts) => times((priceOf(facts)?.macs ?? 0) / (priceOf(facts, { outChannels: 9 })?.macs ?? 1)),
    },
  },
  sources: [
    {
      title:
        'A. Canziani, A. Paszke, E. Culurciello: An analysis of deep neural network models for practical applications (2016)',
      href: 'https://arxiv.org/abs/1605.07678',
    },
  ],
};
