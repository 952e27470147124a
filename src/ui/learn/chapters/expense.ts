/** What the number of channels and the size of maps do to a network's price. */
import type { Chapter } from './chapter.ts';
import { times } from './exploreFacts.ts';

export const expense: Chapter = {
  name: 'expense',
  state: (start) => ({ ...start, view: { ...start.view, screen: 'network' } }),
  figure: async () => (await import('../figures/NetworkFigures.tsx')).LeversFigure,
  words: ['network'],
  opens: ['network', 'train'],
  formula: String.raw`\alpha C \cdot \alpha N = \alpha^2\, C N \qquad \frac{H}{2} \cdot \frac{W}{2} = \frac{H W}{4}`,
  isTried: ({ workspace }) => workspace.network.levers.size !== null,
  questions: {
    one: {
      answers: () => [0.5, 0.41, 0.25].map(times),
      isShown: ({ told }) => told.width === 0.5,
      seen: ({ told }) => times(Number(told.parameters)),
    },
    two: {
      answers: () => [2, 3, 4].map(times),
      isShown: ({ told, workspace }) => told.width === 2 && workspace.network.levers.size === null,
      seen: ({ told }) => times(Math.round(Number(told.macs))),
    },
  },
  sources: [
    { title: 'A. G. Howard et al.: MobileNets (2017)', href: 'https://arxiv.org/abs/1704.04861' },
    { title: 'M. Tan, Q. V. Le: EfficientNet (2019)', href: 'https://arxiv.org/abs/1905.11946' },
  ],
};
