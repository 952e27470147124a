/** Correlation between the channels of two layers, for 1 to 16 filter groups: what is mechanical and what is learned. */
import type { Chapter } from './chapter.ts';

const percent = (share: unknown): string => `${Math.round(100 * Number(share))} %`;

export const correlation: Chapter = {
  name: 'correlation',
  state: (start) => ({ ...start, view: { ...start.view, screen: 'train' } }),
  figure: async () => (await import('../figures/GroupsFigure.tsx')).GroupsFigure,
  words: ['train', 'problems'],
  opens: ['train', 'channels'],
  formula: String.raw`\rho_{ij} = \frac{\mathrm{cov}(a_i, b_j)}{\sigma(a_i)\,\sigma(b_j)}`,
  isTried: ({ told }) => told.measure === 'pearson',
  questions: {
    one: {
      answers: ({ told }) => ['25 %', ...(told.untrained === undefined ? [] : [percent(told.untrained)]), '100 %'],
      isShown: ({ told }) => told.untrained !== undefined && told.measure === 'whitened',
      seen: ({ told }) => percent(told.untrained),
    },
    two: {
      answers: () => [{ word: 'more' }, { word: 'same' }, { word: 'less' }],
      isShown: ({ told }) => told.trained !== undefined && told.measure === 'whitened',
      seen: ({ told }) => {
        const learned = Number(told.trained) - Number(told.untrained);
        return { word: Math.abs(learned) < 0.005 ? 'same' : learned > 0 ? 'more' : 'less' };
      },
    },
  },
  sources: [
    {
      title: 'Y. Ioannou et al.: Deep roots: improving CNN efficiency with hierarchical filter groups (2016)',
      href: 'https://arxiv.org/abs/1605.06489',
    },
  ],
};
