/** A learned layer and what stands in for it: price against what is lost, all kinds in one plane. */
import { defaultLoss } from '../../../store/loss.ts';
import type { Chapter, FigureFacts } from './chapter.ts';

/** The relative error of a substitute that was fitted for the state as it stands; null while it is not. */
function errorOf({ workspace, told }: FigureFacts, kind: string, size: number): number | null {
  const error = told[`${workspace.compare.loss.by} ${kind} ${size}`];
  return typeof error === 'number' ? error : null;
}

const areThere = (facts: FigureFacts, ...substitutes: readonly (readonly [string, number])[]): boolean =>
  facts.workspace.compare.loss.layer === defaultLoss.layer &&
  substitutes.every(([kind, size]) => errorOf(facts, kind, size) !== null);

export const choosing: Chapter = {
  name: 'choosing',
  state: (start) => ({ ...start, view: { ...start.view, screen: 'compare' } }),
  figure: async () => (await import('../figures/ChoosingFigure.tsx')).ChoosingFigure,
  words: ['compare', 'loss'],
  opens: ['compare'],
  formula: String.raw`\text{loss} = \frac{\lVert Y - \hat{Y} \rVert}{\lVert Y \rVert}`,
  isTried: ({ workspace }) => workspace.compare.loss.by === 'weights',
  questions: {
    one: {
      answers: () => ['1 × 1', '2 × 2'],
      isShown: (facts) => areThere(facts, ['pointwise', 1], ['smaller_kernel', 2]),
      seen: (facts) =>
        (errorOf(facts, 'pointwise', 1) ?? 0) > (errorOf(facts, 'smaller_kernel', 2) ?? 0) ? '1 × 1' : '2 × 2',
    },
    two: {
      answers: () => [{ word: 'more' }, { word: 'same' }, { word: 'less' }],
      isShown: (facts) => areThere(facts, ['grouped', 4], ['regrouped', 4]),
      seen: (facts) => {
        const change = (errorOf(facts, 'regrouped', 4) ?? 0) / (errorOf(facts, 'grouped', 4) ?? 1) - 1;
        return { word: Math.abs(change) < 0.001 ? 'same' : change > 0 ? 'more' : 'less' };
      },
    },
  },
  sources: [
    {
      title:
        'M. Jaderberg, A. Vedaldi, A. Zisserman: Speeding up convolutional neural networks with low rank expansions (2014)',
      href: 'https://arxiv.org/abs/1405.3866',
    },
  ],
};
