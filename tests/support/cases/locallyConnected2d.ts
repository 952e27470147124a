import fc from 'fast-check';
import { createLocallyConnected2d } from '../../../src/operators/locallyConnected2d/index.ts';
import { caseOf, isValid, type KindCases, pairUpTo, seed } from './operatorCase.ts';

const side = fc.nat(2);
const upTo = (max: number) => fc.integer({ min: 1, max });

const edge = (attributes: Parameters<typeof createLocallyConnected2d>[0], images = 1) =>
  caseOf(createLocallyConnected2d(attributes), [[images, attributes.inChannels, ...attributes.inputSize]]);

export const locallyConnected2dCases: KindCases = {
  kind: 'locally_connected2d',
  random: fc
    .record({
      inChannels: upTo(6),
      outChannels: upTo(17),
      inputSize: pairUpTo(11),
      kernelSize: pairUpTo(4),
      stride: pairUpTo(3),
      dilation: pairUpTo(3),
      padding: fc.record({ top: side, bottom: side, left: side, right: side }),
      bias: fc.boolean(),
    })
    .filter((attributes) => isValid(edge(attributes)))
    .chain((attributes) =>
      fc
        .tuple(upTo(2), seed)
        .map(([images, by]) =>
          caseOf(createLocallyConnected2d(attributes), [[images, attributes.inChannels, ...attributes.inputSize]], by),
        ),
    ),
  edges: [
    edge({ inChannels: 1, outChannels: 1, inputSize: [1, 1], kernelSize: [1, 1] }),
    edge({ inChannels: 3, outChannels: 8, inputSize: [20, 21], kernelSize: [3, 3] }),
    edge({ inChannels: 2, outChannels: 20, inputSize: [9, 7], kernelSize: [9, 7] }, 3),
  ],
};
