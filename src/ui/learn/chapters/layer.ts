/** A layer of nine filters over the photo, one unit of one map pinned: its response is the sum that stands below. */

import type { Chapter } from './chapter.ts';
import { inChannelsOf, layerOf, outputOf } from './exploreFacts.ts';

const firstChannel = 1;

export const layer: Chapter = {
  name: 'layer',
  state: (start) => ({
    ...start,
    view: { ...start.view, pin: { channel: firstChannel, y: 118, x: 163 }, filter: firstChannel },
  }),
  figure: async () => (await import('../figures/ExploreFigure.tsx')).ArithmeticFigure,
  words: [],
  opens: ['explore'],
  formula: String.raw`y_{n,i,j} = b_n + \sum_{c=1}^{C} \sum_{u=1}^{K} \sum_{v=1}^{K} w_{n,c,u,v}\; x_{c,\,i+u,\,j+v}`,
  isTried: ({ pointer }) => pointer.pin !== null && pointer.pin.channel !== firstChannel,
  questions: {
    one: {
      answers: () => ['3', '4', '9', '12'],
      isShown: (facts) => layerOf(facts).outChannels === 4 && outputOf(facts)?.[1] === 4,
      seen: (facts) => String(outputOf(facts)?.[1]),
    },
    two: {
      answers: (facts) => [5, 25, 25 * inChannelsOf(facts), 25 * inChannelsOf(facts) * 9].map(String),
      isShown: (facts) => layerOf(facts).kernelSize.every((side) => side === 5),
      seen: (facts) => {
        const { kernelSize, groups } = layerOf(facts);
        return String((kernelSize[0] * kernelSize[1] * inChannelsOf(facts)) / groups);
      },
    },
  },
  sources: [
    {
      title: 'V. Dumoulin, F. Visin: A guide to convolution arithmetic for deep learning (2016)',
      href: 'https://arxiv.org/abs/1603.07285',
    },
    { title: 'torch.nn.Conv2d', href: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html' },
  ],
};
