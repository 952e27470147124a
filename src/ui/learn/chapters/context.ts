/** What one unit of a stack sees of the photo, layer by layer. */
import type { Chapter, FigureFacts } from './chapter.ts';

const isAt = ({ told }: FigureFacts, place: number): boolean =>
  told.layer === `conv${place}` || told.layer === `relu${place}`;

export const context: Chapter = {
  name: 'context',
  state: (start) => ({
    ...start,
    view: { ...start.view, screen: 'network', network: { ...start.view.network, layer: 'relu1' } },
  }),
  figure: async () => (await import('../figures/NetworkFigures.tsx')).FieldFigure,
  words: ['network'],
  opens: ['network'],
  formula: String.raw`r_l = r_{l-1} + (K_l - 1) \prod_{i<l} s_i`,
  isTried: (facts) => isAt(facts, 5),
  questions: {
    one: {
      answers: () => ['3 × 3', '5 × 5', '9 × 9'],
      isShown: (facts) => isAt(facts, 2),
      seen: ({ told }) => String(told.field),
    },
    two: {
      answers: () => ['7 × 7', '8 × 8', '10 × 10'],
      isShown: (facts) => isAt(facts, 3),
      seen: ({ told }) => String(told.field),
    },
  },
  sources: [
    {
      title:
        'A. Araujo, W. Norris, J. Sim: Computing receptive fields of convolutional neural networks (Distill, 2019)',
      href: 'https://distill.pub/2019/computing-receptive-fields/',
    },
    {
      title: 'W. Luo et al.: Understanding the effective receptive field in deep convolutional neural networks (2016)',
      href: 'https://arxiv.org/abs/1701.04128',
    },
  ],
};
