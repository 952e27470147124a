/** Dead channels of a real network, on the reader's photo. */
import type { Chapter } from './chapter.ts';

export const dead: Chapter = {
  name: 'dead',
  state: (start) => ({
    ...start,
    view: { ...start.view, screen: 'channels', channels: { rule: 'l2' } },
  }),
  figure: async () => (await import('../figures/DeadFigure.tsx')).DeadFigure,
  words: ['channels'],
  opens: ['channels'],
  formula: String.raw`\max_{c,u,v} |w_{n,c,u,v}| \le 10^{-6} \cdot \max |w|`,
  isTried: ({ told }) => told.rule === 'silent',
  questions: {
    one: {
      answers: () => ['0', '3', '10'],
      isShown: ({ told }) => told.rule === 'zero-filter',
      seen: ({ told }) => String(told.dead),
    },
    two: {
      answers: ({ told }) => ['0', '7', '10', ...(Number(told.dead) > 10 ? [String(told.dead)] : [])],
      isShown: ({ told }) => told.rule === 'constant',
      seen: ({ told }) => String(told.dead),
    },
  },
  sources: [
    {
      title: 'H. Hu et al.: Network trimming: a data-driven neuron pruning approach (2016)',
      href: 'https://arxiv.org/abs/1607.03250',
    },
    { title: 'H. Li et al.: Pruning filters for efficient convnets (2016)', href: 'https://arxiv.org/abs/1608.08710' },
  ],
};
