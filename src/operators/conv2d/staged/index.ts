/**
 * Convolutions that run as several programs one after another. They read and write whole arrays, so they serve whole maps that fit a
 * binding, with a border of zeros; loaded when a choice first asks for one.
 */
import '../moreTexts.ts';
import type { Shape } from '../../operator.ts';
import type { Epilogue } from '../../programs/epilogue.ts';
import { bytesOf } from '../../programs/layout.ts';
import { wholeArray } from '../../programs/passes.ts';
import type { DeviceTraits } from '../../programs/program.ts';
import type { Conv2d } from '../attributes.ts';
import type { StagedChoice } from '../choice.ts';
import type { StagedPlan } from './denseStage.ts';
import { planSplit } from './split.ts';
import { planWinograd } from './winograd.ts';

/** Null where an array is more than a binding or a grid more than the device holds: then one program does it, band by band. */
export function planStaged(
  conv: Conv2d,
  choice: StagedChoice,
  shapes: readonly [input: Shape, output: Shape],
  epilogue: Epilogue,
  isDual: boolean,
  traits: DeviceTraits,
): StagedPlan | null {
  if (conv.paddingMode !== 'zeros') return null;
  const plan =
    choice.algorithm === 'split'
      ? planSplit(conv, choice, shapes, epilogue, isDual, traits)
      : planWinograd(conv, choice, shapes, epilogue, isDual, traits);
  const arrays = [...shapes.map((shape) => wholeArray(shape, 'blocked')), ...plan.scratch];
  const fits =
    plan.weightBytes <= traits.maxStorageBinding &&
    arrays.every((array) => bytesOf(array) <= traits.maxStorageBinding) &&
    plan.passes.every(({ dispatch }) => Math.max(...dispatch.workgroups) <= traits.maxWorkgroupsPerDimension);
  return fits ? plan : null;
}
