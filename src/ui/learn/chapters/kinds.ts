/** Four kinds side by side on one bank: what each connects, and what that saves. */
import { newColumn } from '../../../store/compare.ts';
import type { Chapter, FigureFacts } from './chapter.ts';

const columns = ['standard', 'grouped', 'separable', 'pointwise'] as const;

/** Whether what was told is about the comparison as it stands. */
const isPriced = ({ workspace, told }: FigureFacts): boolean => told.of === JSON.stringify(workspace.compare);

/** Multiplications of the standard column for one of the separable. */
const saving = ({ told }: FigureFacts): number => Number(told['macs 0']) / Number(told['macs 2']);

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
      isShown: (facts) => {
        const [first, second] = facts.workspace.compare.columns;
        return isPriced(facts) && first?.kind === 'standard' && second?.kind === 'grouped' && second.groups === 8;
      },
      seen: ({ workspace, told }) => {
        const weights = (place: number) => Number(told[`parameters ${place}`]) - workspace.compare.outChannels;
        return `1/${Math.round(weights(0) / weights(1))}`;
      },
    },
    two: {
      answers: () => [{ word: 'more' }, { word: 'same' }, { word: 'less' }],
      isShown: (facts) => {
        const { columns: shown, outChannels } = facts.workspace.compare;
        return isPriced(facts) && outChannels === 64 && shown[0]?.kind === 'standard' && shown[2]?.kind === 'separable';
      },
      seen: (facts) => {
        const change = saving(facts) / firstSaving;
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
