/** Optimisers by numbers that a reader can check: those that `torch.optim` gives in float64. */
import { describe, expect, it } from 'vitest';
import { type AdamStep, type OptimizerStep, paceOf, type SgdStep } from './attributes.ts';
import { optimizerStep } from './index.ts';

const sgd: SgdStep = {
  kind: 'optimizer_step',
  method: 'sgd',
  learningRate: 0.1,
  weightDecay: 0,
  momentum: 0,
  nesterov: false,
};
const adam: AdamStep = {
  kind: 'optimizer_step',
  method: 'adam',
  learningRate: 0.1,
  weightDecay: 0,
  betas: [0.9, 0.999],
  eps: 1e-8,
  decoupled: false,
};

/** The states after steps with these gradients and shares of the rate, from the tensor [1] and a state of zeros. */
function statesOf(
  gradients: readonly number[],
  operator: OptimizerStep,
  shares: readonly number[] = [],
): readonly number[][] {
  const rows = operator.method === 'sgd' ? 2 : 3;
  const states = [[1, ...new Array<number>(rows - 1).fill(0)]];
  gradients.forEach((gradient, i) => {
    const state = { shape: [1, 1, rows, 1] as const, values: Float64Array.from(states.at(-1)!) };
    const given = { shape: [1, 1, 1, 1] as const, values: Float64Array.of(gradient) };
    const numbers = paceOf(shares[i] ?? 1, operator.method === 'sgd' ? null : operator.betas, i + 1);
    const pace = { shape: [1, 1, 1, 3] as const, values: Float64Array.from(numbers) };
    states.push([...optimizerStep.reference(operator, [state, given, pace], null).output.values]);
  });
  return states.slice(1);
}

const tensorsOf = (...given: Parameters<typeof statesOf>) => statesOf(...given).map(([w]) => w);

describe('one step of an optimiser', () => {
  it('is the gradient times the rate, without momentum', () => {
    expect(tensorsOf([2, 2], sgd)).toEqual([0.8, expect.closeTo(0.6, 12)]);
  });

  it('adds up earlier gradients: b = 2, then 0.9 x 2 + 2 = 3.8', () => {
    const states = statesOf([2, 2], { ...sgd, momentum: 0.9 });
    expect(states).toEqual([
      [0.8, 2],
      [expect.closeTo(0.42, 12), expect.closeTo(3.8, 12)],
    ]);
  });

  it("looks ahead with Nesterov's: 2 + 0.9 x 2 = 3.8, then 2 + 0.9 x 3.8 = 5.42", () => {
    const tensors = tensorsOf([2, 2], { ...sgd, momentum: 0.9, nesterov: true });
    expect(tensors).toEqual([expect.closeTo(0.62, 12), expect.closeTo(0.078, 12)]);
  });

  it('lets SGD decay as a part of the gradient: 2 + 0.5 x 1', () => {
    expect(tensorsOf([2], { ...sgd, weightDecay: 0.5 })).toEqual([0.75]);
  });

  it("goes by the rate whatever the gradient's size in Adam's first step", () => {
    expect(tensorsOf([1e-3], adam)).toEqual([expect.closeTo(0.9, 5)]);
    // To the rounding of the pace, which is handed over in float32.
    expect(tensorsOf([-1e3], adam)).toEqual([expect.closeTo(1.1, 8)]);
  });

  it('follows torch.optim.Adam over three steps', () => {
    // m = 0.2, 0.08, 0.172; v = 0.004, 0.004996, 0.005991: the third step is 0.1 x (0.172 / 0.271) / sqrt(0.005991 / 0.002997) = 0.04489.
    const tensors = tensorsOf([2, -1, 1], adam);
    expect(tensors).toEqual([expect.closeTo(0.9, 6), expect.closeTo(0.873366, 5), expect.closeTo(0.828476, 5)]);
  });

  it('decays by itself in AdamW, and as a part of the gradient in Adam', () => {
    expect(tensorsOf([0], { ...adam, weightDecay: 0.5, decoupled: true })).toEqual([0.95]);
    expect(tensorsOf([0], { ...adam, weightDecay: 0.5 })).toEqual([expect.closeTo(0.9, 6)]);
  });

  it('takes the share of the rate that its pace says', () => {
    expect(tensorsOf([2, 2], sgd, [0.5, 0.25])).toEqual([expect.closeTo(0.9, 12), expect.closeTo(0.85, 12)]);
    expect(tensorsOf([0], { ...adam, weightDecay: 0.5, decoupled: true }, [0.5])).toEqual([0.975]);
  });

  it('wants a state that fits the gradient, and a pace', () => {
    const shapeOf = (state: number, pace: number) =>
      optimizerStep.outputShape(adam, [
        [1, 1, state, 4],
        [2, 2, 1, 1],
        [1, 1, 1, pace],
      ]);
    for (const wrong of [shapeOf(2, 3), shapeOf(3, 1)])
      expect(wrong).toMatchObject({ ok: false, error: { code: 'optimizer-state' } });
    expect(shapeOf(3, 3)).toMatchObject({ ok: true });
  });
});
