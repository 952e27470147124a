/** A dilated kernel: taps with holes between them, a wider field for the same weights. */
import { newKind } from '../../../store/kind.ts';
import type { Chapter, FigureFacts } from './chapter.ts';
import { isSquare, shownKind } from './kindFacts.ts';

const hasDilation = (facts: FigureFacts, dilation: number): boolean => {
  const kind = shownKind(facts);
  return kind?.state.kind === 'dilated' && isSquare(kind.attributes, 'dilation', dilation);
};

export const wider: Chapter = {
  name: 'wider',
  state: (start) => ({ ...start, kind: newKind('dilated') }),
  figure: async () => (await import('../figures/ExploreFigure.tsx')).ArithmeticFigure,
  words: [],
  opens: ['explore'],
  formula: String.raw`K' = (K - 1)\,d + 1`,
  isTried: ({ workspace }) => workspace.kind?.kind === 'deformable',
  questions: {
    one: {
      answers: () => ['5 × 5', '9 × 9', '12 × 12'],
      isShown: (facts) => hasDilation(facts, 4),
      seen: (facts) => {
        const [, , height = 0, width = 0] = facts.results.output?.shape ?? [];
        const seen = shownKind(facts)?.fieldOf({ y: Math.floor(height / 2), x: Math.floor(width / 2) });
        const span = (at: readonly number[]) => (at.at(-1) ?? 0) - (at[0] ?? 0) + 1;
        return seen ? `${span(seen.rows)} × ${span(seen.columns)}` : '';
      },
    },
    two: {
      answers: (facts) => [9, 25, 121].map((taps) => String(taps * facts.picture.channels)),
      isShown: (facts) => hasDilation(facts, 6),
      seen: (facts) => {
        const { kernelSize, groups } = shownKind(facts)?.attributes ?? { kernelSize: [0, 0], groups: 1 };
        return String((kernelSize[0] * kernelSize[1] * facts.picture.channels) / groups);
      },
    },
  },
  sources: [
    {
      title: 'F. Yu, V. Koltun: Multi-scale context aggregation by dilated convolutions (2015)',
      href: 'https://arxiv.org/abs/1511.07122',
    },
    {
      title: 'J. Dai et al.: Deformable convolutional networks (2017)',
      href: 'https://arxiv.org/abs/1703.06211',
    },
  ],
};
