/** A transposed convolution: every input pixel lays its kernel down, and where kernels overlap unevenly a checkerboard stands. */
import { newKind } from '../../../store/kind.ts';
import type { Chapter, FigureFacts } from './chapter.ts';
import { isSquare, shownKind } from './kindFacts.ts';

const isSet = (facts: FigureFacts, kernel: number, stride: number): boolean => {
  const kind = shownKind(facts);
  return (
    kind?.state.kind === 'transposed' &&
    isSquare(kind.attributes, 'kernelSize', kernel) &&
    isSquare(kind.attributes, 'stride', stride)
  );
};

export const transposed: Chapter = {
  name: 'transposed',
  state: (start) => ({ ...start, kind: newKind('transposed') }),
  figure: async () => (await import('../figures/ExploreFigure.tsx')).ArithmeticFigure,
  words: [],
  opens: ['explore'],
  formula: String.raw`H' = (H - 1)\,s - 2p + d\,(K - 1) + p' + 1`,
  isTried: (facts) => isSet(facts, 3, 2),
  questions: {
    one: {
      answers: ({ picture: { width } }) => [3 * width, 3 * width - 1, Math.ceil(width / 3)].map(String),
      isShown: (facts) =>
        isSet(facts, 4, 3) && Object.values(shownKind(facts)?.attributes.padding ?? {}).every((side) => side === 1),
      seen: ({ results }) => String(results.output?.shape[3]),
    },
    two: {
      answers: () => ['4', '9', '36'],
      isShown: (facts) => isSet(facts, 6, 2),
      seen: (facts) => {
        const { kernelSize, stride } = shownKind(facts)?.attributes ?? { kernelSize: [0, 0], stride: [1, 1] };
        return String((kernelSize[0] / stride[0]) * (kernelSize[1] / stride[1]));
      },
    },
  },
  sources: [
    {
      title: 'A. Odena, V. Dumoulin, C. Olah: Deconvolution and checkerboard artifacts (Distill, 2016)',
      href: 'https://distill.pub/2016/deconv-checkerboard/',
    },
  ],
};
