/** Four kinds side by side on one bank: what each connects, and what that saves. */
import { newColumn } from '../../../store/compare.ts';
import type { Chapter, FigureFacts } from './chapter.ts';

const columns = ['standard', 'grouped', 'separable', 'pointwise'] as const;

/** Multiplications of the standard column for one of the separable; null until both are known. */
function saving({ told }: FigureFacts): number | null {
  const [standard, separable] = [told['macs 0'], told['macs 2']];
  return typeof standard === 'number' && typeof separable === 'number' ? standard / separable : null;
}

/** Of 3 x 3 with 16 filters: K²N / (K² + N). */
const firstSaving = (9 * 16) / (9 + 16);

export const kinds: Chapter = {
  name: 'kinds',
  state: (start) => ({
    ...start,
    compare: { ...start.compare, columns: columns.map((kind) => newColumn(kind, start.compare)) },
    view: { ...start.view, screen: 'compare' },
  }),
  figure: async () => (await import('../figures/CompareFigure.tsx')).CompareFigure,
  words: ['compare'],
  opens: ['compare', 'explore'],
  formula: String.raw`\frac{C\,K^2 + C\,N}{C\,N\,K^2} = \frac{1}{N} + \frac{1}{K^2}`,
  isTried: ({ workspace }) => workspace.compare.columns.some(({ kind }) => kind === 'shuffled'),
  questions: {
    one: {
      answers: () => ['1/4', '1/8', '1/64'],
      isShown: ({ workspace, told }) => {
        const [first, second] = workspace.compare.columns;
        const areThere = told['parameters 0'] !== undefined && told['parameters 1'] !== undefined;
        return areThere && first?.kind === 'standard' && second?.kind === 'grouped' && second.groups === 8;
      },
      seen: ({ workspace, told }) => {
        const weights = (place: number) => Number(told[`parameters ${place}`]) - workspace.compare.outChannels;
        return `1/${Math.round(weights(0) / weights(1))}`;
      },
    },
    two: {
      answers: () => [{ word: 'more' }, { word: 'same' }, { word: 'less' }],
      isShown: (facts) => facts.workspace.compare.outChannels === 64 && saving(facts) !== null,
      seen: (facts) => {
        const change = (saving(facts) ?? 0) / firstSaving;
        return { word: Math.abs(change - 1) < 0.01 ? 'same' : change > 1 ? 'more' : 'less' };
      },
    },
  },
  sources: [
    {
      title: 'A. G. Howard et al.: MobileNets (2017)',
      href: 'https://arxiv.org/abs/1704.04861',
    },
    { title: 'X. Zhang et al.: ShuffleNet (2017)', href: 'https://arxiv.org/abs/1707.01083' },
    { title: 'F. Chollet: Xception (2016)', href: 'https://arxiv.org/abs/1610.02357' },
  ],
};
