/**
 * Weights that would fill every thread's memory, in parts: a fully connected layer may have hundreds of megabytes, and each thread holds what
 * it computes with twice, as it came and packed. A part is some filters, as a convolution of its own whose maps are those of the whole one.
 */
import { type DrawnParameters, isDrawn } from '../../graph/graph.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import type { ValuesOf } from './drawnValues.ts';

/** Bytes of a part's weights. */
const partBytes = 16 * 2 ** 20;

/** Filters `from` to `to - 1`. */
export interface WeightPart {
  readonly conv: Conv2d;
  readonly from: number;
  readonly to: number;
}

/** In order; one where that is small enough, or filters are bound to groups. */
export function weightParts(conv: Conv2d, limit = partBytes): readonly WeightPart[] {
  const { outChannels, inChannels, kernelSize, groups } = conv;
  const perFilter = 4 * inChannels * kernelSize[0] * kernelSize[1];
  const count = groups === 1 ? Math.min(outChannels, Math.ceil((outChannels * perFilter) / limit)) : 1;
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [i, i + 1].map((at) => Math.round((at * outChannels) / count)) as [number, number];
    return { conv: count === 1 ? conv : { ...conv, outChannels: to - from }, from, to };
  });
}

/** The values of one part of a convolution's parameters. Those of a part are made for the while: the whole would not fit among what is kept. */
export async function valuesOfPart(
  whole: Conv2d,
  part: WeightPart,
  own: ParameterValues | DrawnParameters,
  valuesOf: ValuesOf,
): Promise<ParameterValues> {
  const { from, to } = part;
  if (part.conv === whole) return valuesOf(whole, own);
  if (isDrawn(own)) {
    const { materialiseDrawn } = await import('../../graph/weights/drawnParameters.ts');
    return materialiseDrawn(whole, own, [from, to]);
  }
  const perFilter = own.weight.length / whole.outChannels;
  // Copies: a view would take all of its array to another thread.
  return {
    weight: own.weight.slice(from * perFilter, to * perFilter),
    bias: own.bias?.slice(from, to) ?? null,
  };
}
