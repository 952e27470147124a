/** What the steps of a run of training ask of a device that only counts: after the first ones nothing is made anew. */
import { expect, it } from 'vitest';
import '../../src/operators/late.ts';
import '../../src/operators/conv2d/moreTexts.ts';
import type { RunRequest } from '../../src/engine/engine.ts';
import { BufferPool } from '../../src/engine/webgpu/device/buffers.ts';
import { Pace } from '../../src/engine/webgpu/device/pace.ts';
import { PackedWeights } from '../../src/engine/webgpu/device/packedWeights.ts';
import type { Compiled, Pipelines } from '../../src/engine/webgpu/device/pipelines.ts';
import type { Binding, Recorder } from '../../src/engine/webgpu/device/recorder.ts';
import type { Device } from '../../src/engine/webgpu/evaluation.ts';
import { MapArray } from '../../src/engine/webgpu/maps/arrays.ts';
import type { GraphPlan } from '../../src/engine/webgpu/plan/graphPlan.ts';
import { planRun } from '../../src/engine/webgpu/plan/planRun.ts';
import { holdWeights } from '../../src/engine/webgpu/run/heldWeights.ts';
import { PassPlans } from '../../src/engine/webgpu/run/passPlans.ts';
import { runGraph } from '../../src/engine/webgpu/run/runner.ts';
import * as staged from '../../src/engine/webgpu/run/staged.ts';
import { DeviceTensor } from '../../src/engine/webgpu/run/tensors.ts';
import { inferShapes, type Shapes } from '../../src/graph/infer.ts';
import type { Shape } from '../../src/operators/operator.ts';
import type { DeviceTraits, Program } from '../../src/operators/programs/program.ts';
import { rowsFor } from '../../src/training/run/keptStates.ts';
import { labelsInput, sumsNode } from '../../src/training/run/lossGraph.ts';
import {
  evenPaceInput,
  nextState,
  paceInput,
  type StepGraph,
  stateInput,
  stepGraph,
} from '../../src/training/run/stepGraph.ts';
import { tinyRun } from '../../src/training/testing/tinyRun.ts';

const traits: DeviceTraits = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: false,
  busyInvocations: 16384,
};

/** Counts plans, programs, buffers and bindings that have not been there before. */
function countingDevice() {
  const made = { plans: new Set<GraphPlan>(), programs: new Set<string>(), buffers: 0, bindings: new Set<string>() };
  const gpu = {
    limits: { maxBufferSize: 2 ** 28 },
    pushErrorScope: () => undefined,
    popErrorScope: async () => null,
    createBuffer: () => {
      made.buffers++;
      return { destroy: () => undefined };
    },
  };
  const pool = new BufferPool(gpu as unknown as GPUDevice, 2 ** 30);
  const recorder = {
    dispatch: ({ program }: Compiled, _dispatch: unknown, bindings: readonly Binding[]) => {
      const parts = bindings.map(({ buffer, offset = 0, size = buffer.size }) => `${buffer.id}:${offset}:${size}`);
      made.bindings.add(`${program.key} ${parts.join(' ')}`);
    },
    copy: () => undefined,
    write: () => undefined,
    submit: () => undefined,
  } as unknown as Recorder;
  const ready = (program: Program) => {
    made.programs.add(program.key);
    return { program };
  };
  const device: Device = {
    pool,
    pipelines: { ready } as unknown as Pipelines,
    recorder,
    weights: new PackedWeights(pool, recorder, traits.maxStorageBinding),
    pace: new Pace(false),
    traits,
    choices: new Map(),
    passes: new PassPlans(traits),
    staged,
    planRun: (...given) => {
      const plan = planRun(...given);
      made.plans.add(plan);
      return plan;
    },
    holdWeights,
  };
  const counts = () => [made.plans.size, made.programs.size, made.buffers, made.bindings.size];
  return { device, counts };
}

function uploaded({ pool }: Device, shape: Shape): DeviceTensor {
  const [images, channels, height, width] = shape;
  const array = { layout: 'planar', images, channels, height, width } as const;
  const maps = MapArray.allocate(pool, { maxBinding: traits.maxStorageBinding }, array, { channel: 0, y: 0, x: 0 });
  return new DeviceTensor(pool, shape, { kind: 'stored', maps }, () => undefined);
}

/** As `TrainingRun.advance` does it. */
function advance(
  device: Device,
  { graph, parameters, tensors }: StepGraph,
  constants: RunRequest['inputs'],
  states: ReadonlyMap<string, DeviceTensor>,
): ReadonlyMap<string, DeviceTensor> {
  const given = {
    input: uploaded(device, [20, 1, 16, 16]),
    [labelsInput]: uploaded(device, [20, 1, 1, 1]),
    [paceInput]: uploaded(device, [1, 1, 1, 3]),
  };
  const held = Object.fromEntries([...states].map(([id, state]) => [stateInput(id), state]));
  const inputs: RunRequest['inputs'] = { ...given, ...constants, ...held };
  const outputs = [sumsNode, ...tensors.map(({ id }) => nextState(id))];
  const shapes = shapesOf(graph, inputs);
  const run = runGraph(device, { graph, parameters, inputs, outputs }, shapes, (id, content) => {
    return new DeviceTensor(device.pool, shapes[id]!, content, () => undefined);
  });
  for (const gone of [...states.values(), ...Object.values(given), run.tensors[sumsNode]!]) gone.free();
  return new Map(tensors.map(({ id }) => [id, run.tensors[nextState(id)]!]));
}

function shapesOf(graph: StepGraph['graph'], inputs: RunRequest['inputs']): Shapes {
  const shapes = inferShapes(graph, Object.fromEntries(Object.entries(inputs).map(([id, { shape }]) => [id, shape])));
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value;
}

it('is planned once, and after some steps even its bindings are those that there were', () => {
  const { device, counts } = countingDevice();
  const { trainee, optimizer } = tinyRun();
  const step = stepGraph({ trainee, shape: [20, 1, 16, 16], optimizer, seed: 1 });
  const constants = {
    [step.cotangent]: uploaded(device, [20, 1, 1, 1]),
    [evenPaceInput]: uploaded(device, [1, 1, 1, 3]),
  };
  let states: ReadonlyMap<string, DeviceTensor> = new Map(
    step.tensors.map((tensor) => [tensor.id, uploaded(device, [1, 1, rowsFor(tensor, 3), tensor.count])]),
  );
  const after: (readonly number[])[] = [];
  for (let i = 0; i < 40; i++) {
    states = advance(device, step, constants, states);
    after.push(counts());
  }
  const [plans, programs, buffers] = after[1]!;
  expect(plans).toBe(1);
  for (const later of after.slice(2)) expect(later.slice(0, 3)).toEqual([plans, programs, buffers]);
  // Buffers of states and maps change places a few times before they come round.
  expect(after.at(-1)).toEqual(after[30]);
});
