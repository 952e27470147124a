/** A fully connected layer, a locally connected one and a convolution: connections cut, then weights shared. */
import { smallSize } from '../../../live/kinds/smallPicture.ts';
import { exactCount } from '../../../math/format.ts';
import { newKind } from '../../../store/kind.ts';
import type { Chapter, FigureFacts } from './chapter.ts';
import { priceOf } from './exploreFacts.ts';
import { shownKind } from './kindFacts.ts';

const outChannels = 16;
/** Weights and bias of one 3 x 3 filter over the photo's channels. */
const perFilter = ({ picture }: FigureFacts): number => 9 * picture.channels + 1;

/** Places that the small version of the photo has. */
function smallPlaces({ picture }: FigureFacts): number {
  const { channels, height, width } = picture;
  const [h, w] = smallSize({ kind: 'locally_connected', inChannels: channels, outChannels, kernelSize: [3, 3] }, [
    height,
    width,
  ]);
  return h * w;
}

export const locality: Chapter = {
  name: 'locality',
  state: (start) => ({ ...start, kind: newKind('linear') }),
  figure: async () => (await import('../figures/ExploreFigure.tsx')).ArithmeticFigure,
  words: [],
  opens: ['explore'],
  formula: String.raw`(H W)^2 \;\to\; H W \cdot K^2 \;\to\; K^2`,
  isTried: ({ workspace }) => workspace.kind?.kind === 'locally_connected',
  questions: {
    one: {
      answers: (facts) =>
        [outChannels * perFilter(facts), outChannels * perFilter(facts) * smallPlaces(facts)].map(exactCount),
      isShown: (facts) => shownKind(facts)?.state.kind === 'locally_connected',
      seen: (facts) => exactCount(shownKind(facts)?.cost.parameters ?? 0),
    },
    two: {
      answers: (facts) => [9 * perFilter(facts), 9 * perFilter(facts) * smallPlaces(facts)].map(exactCount),
      isShown: ({ workspace }) => workspace.kind === null,
      seen: (facts) => exactCount(priceOf(facts)?.parameters ?? 0),
    },
  },
  sources: [
    {
      title: 'Y. LeCun et al.: Backpropagation applied to handwritten zip code recognition (1989)',
      href: 'https://doi.org/10.1162/neco.1989.1.4.541',
    },
    {
      title: 'D. H. Hubel, T. N. Wiesel: Receptive fields of single neurones in the cat’s striate cortex (1959)',
      href: 'https://doi.org/10.1113/jphysiol.1959.sp006308',
    },
  ],
};
