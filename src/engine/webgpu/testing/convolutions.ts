/** Convolutions for tests: PyTorch's defaults where nothing is said, and how many values come out. */

import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { OutputExtent } from '../../../operators/conv2d/choice.ts';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import { rulesOf } from '../../../operators/index.ts';
import type { PerSide, Shape } from '../../../operators/operator.ts';

export { createConv2d };

export function onEverySide(padding: number): PerSide {
  return { top: padding, bottom: padding, left: padding, right: padding };
}

/** Values of the output; 0 where there is none. */
export function outputSizeOf(conv: Conv2d, shape: Shape): number {
  const output = rulesOf(conv).outputShape(conv, [shape]);
  return output.ok ? output.value.reduce((product, size) => product * size) : 0;
}

/** The output as a planner sees it; throws where there is none. */
export function extentOf({ conv, shape }: { readonly conv: Conv2d; readonly shape: Shape }): OutputExtent {
  const output = rulesOf(conv).outputShape(conv, [shape]);
  if (!output.ok) throw new Error(output.error.message);
  const [images, , height, width] = output.value;
  return { images, height, width };
}

/** The label of the last program that a choice of that label runs: of several, the one that stores. */
export function lastProgramOf(label: string): string {
  return label.replace(/^(winograd \S+) P.*/, '$1 output').replace(/^split .*/, 'split sum');
}
