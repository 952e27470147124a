/** How a layer runs on the reader's own device, and how near that comes to what the device can do. */
import type { Chapter, FigureFacts } from './chapter.ts';
import { layerOf } from './exploreFacts.ts';

/** Operations for each byte of the layer as it stands; null until it has been measured. */
function intensity(facts: FigureFacts): number | null {
  const { told } = facts;
  return told.of === JSON.stringify(layerOf(facts)) && typeof told.intensity === 'number' ? told.intensity : null;
}

/** Of nine 3 x 3 filters over three channels, size kept: 2 · 9 · 27 operations for 4 · (3 + 9) bytes of each place. */
const firstIntensity = (2 * 9 * 27) / (4 * (3 + 9));

export const running: Chapter = {
  name: 'running',
  state: (start) => start,
  figure: async () => (await import('../figures/RunningFigure.tsx')).RunningFigure,
  words: ['engine'],
  opens: ['explore'],
  formula: String.raw`\text{intensity} = \frac{2\,C\,K^2\,N\,H W}{4\,(C\,H W + N\,H W + N\,C\,K^2)}`,
  isTried: (facts) => layerOf(facts).kernelSize.every((side) => side === 7) && intensity(facts) !== null,
  questions: {
    one: {
      answers: () => [{ word: 'more' }, { word: 'same' }, { word: 'less' }],
      isShown: (facts) => layerOf(facts).outChannels === 32 && intensity(facts) !== null,
      seen: (facts) => compared(intensity(facts) ?? 0),
    },
    two: {
      answers: () => [{ word: 'more' }, { word: 'same' }, { word: 'less' }],
      isShown: (facts) => {
        const { kernelSize, outChannels } = layerOf(facts);
        return kernelSize.every((side) => side === 1) && outChannels === 9 && intensity(facts) !== null;
      },
      seen: (facts) => compared(intensity(facts) ?? 0),
    },
  },
  sources: [
    {
      title: 'S. Williams, A. Waterman, D. Patterson: Roofline (2009)',
      href: 'https://doi.org/10.1145/1498765.1498785',
    },
    { title: 'WebGPU Shading Language', href: 'https://www.w3.org/TR/WGSL/' },
  ],
};

function compared(intensity: number): { readonly word: 'more' | 'same' | 'less' } {
  const change = intensity / firstIntensity;
  return { word: Math.abs(change - 1) < 0.02 ? 'same' : change > 1 ? 'more' : 'less' };
}
