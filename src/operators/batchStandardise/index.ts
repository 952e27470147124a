/** Standardisation over the batch: a set is a channel of all images. */
import { sameShape } from '../normalisation.ts';
import type { OperatorRules, ParameterValues } from '../operator.ts';
import { standardisingRules } from '../standardise.ts';
import { rangeTo } from '../tensors.ts';
import type { BatchStandardise } from './attributes.ts';

const rules = standardisingRules<BatchStandardise>(({ numChannels }) => ({ count: numChannels, of: (_n, c) => c }));

const identity = ({ numChannels }: BatchStandardise): ParameterValues => ({
  weight: new Float32Array(numChannels).fill(1),
  bias: new Float32Array(numChannels),
});

export const batchStandardise: OperatorRules<BatchStandardise> = {
  kind: 'batch_standardise',
  outputShape: ({ numChannels }, inputs) => sameShape(inputs, numChannels),
  parameters: () => [],
  arity: () => 1,
  // The statistics read all maps.
  inputInterval: (_operator, _axis, _output, size) => ({ lo: 0, hi: size - 1 }),
  reads: (_operator, _axis, size) => rangeTo(size),
  readers: (_operator, _axis, size) => rangeTo(size),
  cost: (operator, inputs) => ({ ...rules.cost(operator, inputs), parameters: 0 }),
  reference: (operator, inputs) => rules.reference(operator, inputs, identity(operator)),
  compute: (operator, inputs) => rules.compute(operator, inputs, identity(operator)),
  scaleFrom: (operator, uncertain) => rules.scaleFrom(operator, uncertain, identity(operator)),
};
