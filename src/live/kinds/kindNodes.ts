/** The nodes of the graph of a layer of another kind: photo → bank (a convolution and its ReLU) → layer → activation. */
import { exploreNodes } from '../../graph/explore.ts';

export const kindNodes = {
  input: exploreNodes.input,
  stem: 'stem',
  bank: 'bank',
  layer: 'layer',
  activation: 'activation',
} as const;
