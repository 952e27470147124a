/** Convolutions in several programs, in every choice of text, for tests that read their programs. */
import type { StagedChoice } from '../../../src/operators/conv2d/choice.ts';
import { createConv2d } from '../../../src/operators/conv2d/index.ts';
import { planStaged } from '../../../src/operators/conv2d/staged/index.ts';
import { type EpilogueFunction, functionNumber, identity } from '../../../src/operators/programs/epilogue.ts';
import type { PassPlan } from '../../../src/operators/programs/passes.ts';
import type { DeviceTraits } from '../../../src/operators/programs/program.ts';

const choices: readonly StagedChoice[] = [
  { algorithm: 'split', parts: 4, pixels: 1, filters: 16 },
  { algorithm: 'winograd', outputs: 2, pixels: 1, filters: 16 },
  { algorithm: 'winograd', outputs: 4, pixels: 4, filters: 8 },
];

export function stagedPlans(traits: DeviceTraits): readonly PassPlan[] {
  const conv = createConv2d({ inChannels: 64, outChannels: 30, kernelSize: [3, 3], padding: 'same' });
  const functions = Object.keys(functionNumber) as EpilogueFunction[];
  const plans = choices.flatMap((choice) =>
    functions.flatMap((name) =>
      [false, true].map((isDual) => {
        const shapes = [[2, 64, 9, 8] as const, [2, 30, 9, 8] as const] as const;
        const epilogue = { ...identity, function: name, hasResidual: isDual !== (name === 'tanh') };
        return planStaged(conv, choice, shapes, epilogue, isDual, traits);
      }),
    ),
  );
  return plans.filter((plan) => plan !== null);
}
