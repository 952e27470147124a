/** How a convolution of a fusion is computed on a device: its choice, and the plan of it, whose parts may have to be loaded first. */
import type { Shapes } from '../../../graph/infer.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import {
  type ConvChoice,
  chooseConv2d,
  fastChoice,
  type OutputExtent,
  problemKey,
  type StagedChoice,
} from '../../../operators/conv2d/choice.ts';
import { type Conv2dPlan, hasRecordText, hasText, loadRecordText, planConv2d } from '../../../operators/conv2d/plan.ts';
import type { StagedPlan } from '../../../operators/conv2d/staged/denseStage.ts';
import type { Precision } from '../../engine.ts';
import { type Device, NotLoaded } from '../evaluation.ts';
import { epilogueOfFusion, type Fusion } from './fusion.ts';

/** By the table of choices where it says something, else by the planner's default; a fast run may take another in its place. */
export function choiceOf(
  { choices, traits }: Pick<Device, 'choices' | 'traits'>,
  conv: Conv2d,
  extent: OutputExtent,
  precision: Precision = 'exact',
): ConvChoice {
  const exact = choices.get(problemKey(conv, extent)) ?? chooseConv2d(conv, extent, traits);
  return precision === 'fast' ? fastChoice(exact, conv, extent, traits) : exact;
}

/** The plan of one program, whose text may still have to be loaded. */
export function directPlan(
  ...[conv, extent, epilogue, isDual, traits, choice]: Required<Parameters<typeof planConv2d>>
): Conv2dPlan {
  const { algorithm } = choice;
  if (!hasText(algorithm)) {
    throw new NotLoaded(() =>
      algorithm === 'dense f16'
        ? import('../../../operators/conv2d/halfTexts.ts')
        : import('../../../operators/conv2d/moreTexts.ts'),
    );
  }
  if (epilogue.recordLanes && !hasRecordText()) throw new NotLoaded(loadRecordText);
  return planConv2d(conv, extent, epilogue, isDual, traits, choice);
}

/** The passes of a convolution in several programs; null where they cannot serve its maps. */
export function stagedPlan(
  device: Device,
  fusion: Fusion,
  conv: Conv2d,
  choice: StagedChoice,
  shapes: Shapes,
  isDual: boolean,
): StagedPlan | null {
  const { staged, traits } = device;
  if (!staged) {
    throw new NotLoaded(async () => {
      device.staged = await import('../run/staged.ts');
    });
  }
  const { id, inputs } = fusion.head;
  return staged.planStaged(conv, choice, [shapes[inputs[0]!]!, shapes[id]!], epilogueOfFusion(fusion), isDual, traits);
}
