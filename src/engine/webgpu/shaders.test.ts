/**
 * Every shader text through Tint, the compiler of Chrome's WebGPU, on Dawn's null device: no GPU needed, no page. And the engine
 * itself in Node: it opens, plans and records there as it does in a page.
 */
import '../../operators/conv2d/halfTexts.ts';
import '../../operators/conv2d/moreTexts.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, globals } from 'webgpu';
import { kindCases } from '../../../tests/support/cases/index.ts';
import { stagedPlans } from '../../../tests/support/cases/stagedPlans.ts';
import { besideDense } from '../../operators/conv2d/deepCandidates.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { loadRecordText, planConv2d } from '../../operators/conv2d/plan.ts';
import { rulesOf } from '../../operators/index.ts';
import { passesOf } from '../../operators/passes.ts';
import { drawnProgram, drawnWinogradProgram } from '../../operators/programs/drawnWeights.ts';
import { elementwiseProgram } from '../../operators/programs/elementwise.ts';
import { type EpilogueFunction, functionNumber, identity } from '../../operators/programs/epilogue.ts';
import { gatherProgram } from '../../operators/programs/gather.ts';
import type { DeviceTraits, Program } from '../../operators/programs/program.ts';
import { createWebGPUEngine } from './index.ts';
import { chainCounts, copyProgram, fmaProgram } from './peak.ts';
import { centredProgram } from './run/moments.ts';
import { boxMeanProgram } from './statistics/boxMean.ts';
import { covarianceProgram, mergeCovarianceProgram } from './statistics/covariance.ts';
import { tilesWgsl, viewPrograms } from './statistics/viewPrograms.ts';
import { layerGraph } from './testing/exactness.ts';

Object.assign(globalThis, globals);

const functions = Object.keys(functionNumber) as EpilogueFunction[];
const traits: DeviceTraits = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: false,
  busyInvocations: 1,
};

/** How weights are read: each lane by itself, and by what a subgroup holds. */
const broadcasts: readonly Partial<DeviceTraits>[] = [
  {},
  { canBroadcast: true },
  { canBroadcast: true, broadcastLanes: 8 },
];

/** Every choice that a convolution's text can make, each with another. */
function convolutionPrograms(some: Partial<DeviceTraits>, recordLanes = 0): readonly Program[] {
  const layers = [
    { inChannels: 3, outChannels: 16, kernelSize: [3, 3], stride: [2, 1] },
    { inChannels: 1, outChannels: 4, kernelSize: [15, 1] },
    { inChannels: 10, outChannels: 14, kernelSize: [3, 3], groups: 2 },
    { inChannels: 3, outChannels: 8, kernelSize: [61, 1] },
    { inChannels: 64, outChannels: 64, kernelSize: [3, 3] },
    { inChannels: 8, outChannels: 8, kernelSize: [1, 1] },
    { inChannels: 8, outChannels: 8, kernelSize: [3, 3], groups: 2 },
    { inChannels: 8, outChannels: 8, kernelSize: [3, 3], groups: 8 },
    { inChannels: 8, outChannels: 8, kernelSize: [5, 5], stride: [2, 1], groups: 8 },
    { inChannels: 8, outChannels: 24, kernelSize: [5, 3], stride: [2, 1], groups: 8 },
  ] as const;
  const extent = { images: 1, height: 99, width: 99 };
  const deep = createConv2d({ inChannels: 64, outChannels: 40, kernelSize: [3, 3] });
  const direct = { algorithm: 'dense', pixels: 4, filters: 16 } as const;
  const beside = besideDense(deep, extent, direct, traits).flatMap((choice, i) =>
    functions.map((name, j) => {
      const epilogue = { ...identity, function: name, hasResidual: (i + j) % 2 === 0 };
      return planConv2d(deep, extent, epilogue, j % 2 === 0, { ...traits, ...some }, choice).program;
    }),
  );
  const others = layers.flatMap((layer, i) =>
    functions.flatMap((name, j) =>
      [1, 2, 4, 8, undefined].map((pixels, k) => {
        const tuned = { ...traits, ...some, ...(pixels === undefined ? {} : { pixels }) };
        const epilogue = { ...identity, function: name, hasResidual: (i + j + 2 * k) % 3 === 0, recordLanes };
        return planConv2d(createConv2d(layer), extent, epilogue, (i + j + k) % 2 === 0, tuned).program;
      }),
    ),
  );
  return [...beside, ...others];
}

await loadRecordText();

/** `dense` in f16, the device's own or the imitation of it. */
function halfPrograms(half: 'native' | 'emulated', recordLanes = 0): readonly Program[] {
  const conv = createConv2d({ inChannels: 64, outChannels: 64, kernelSize: [3, 3] });
  const extent = { images: 1, height: 99, width: 99 };
  return [4, 8, 16].flatMap((filters, i) =>
    [0, 65536].map((maxUniformBinding, j) => {
      const device = { ...traits, half, maxUniformBinding };
      const epilogue = { ...identity, function: functions[i]!, hasResidual: j === 0, recordLanes };
      const choice = { algorithm: 'dense f16', pixels: 4, filters } as const;
      return planConv2d(conv, extent, epilogue, i === 1, device, choice).program;
    }),
  );
}

describe('the shaders', () => {
  let gpu: GPU;
  let device: GPUDevice;
  beforeAll(async () => {
    gpu = create(['backend=null']);
    const adapter = (await gpu.requestAdapter())!;
    const wanted = (['subgroups', 'shader-f16'] as const).filter((feature) => adapter.features.has(feature));
    device = await adapter.requestDevice({ requiredFeatures: wanted });
  });
  afterAll(() => device.destroy());

  async function expectCompiled(label: string, code: string): Promise<void> {
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ label, code });
    const { messages } = await module.getCompilationInfo();
    await device.popErrorScope();
    expect({ label, messages: messages.map(({ type, lineNum, message }) => `${type} ${lineNum}: ${message}`) }).toEqual(
      { label, messages: [] },
    );
  }

  it('compile without a word: convolutions in every choice of text', async () => {
    const canBroadcast = device.features.has('subgroups');
    const programs = [
      ...(canBroadcast ? broadcasts : [{}]).flatMap((some) => convolutionPrograms(some)),
      ...(canBroadcast ? broadcasts.flatMap((some) => convolutionPrograms(some, 32)) : []),
    ];
    const texts = new Map(programs.map(({ key, wgsl }) => [key, wgsl]));
    expect(texts.size).toBeGreaterThan(60);
    for (const [key, wgsl] of texts) await expectCompiled(key, wgsl);
  });

  it('compile without a word: convolutions in f16', async () => {
    const programs = [
      ...[0, 8].flatMap((lanes) => halfPrograms('emulated', lanes)),
      ...(device.features.has('shader-f16') ? [0, 8].flatMap((lanes) => halfPrograms('native', lanes)) : []),
    ];
    const texts = new Map(programs.map(({ key, wgsl }) => [key, wgsl]));
    expect(texts.size).toBe(programs.length);
    for (const [key, wgsl] of texts) await expectCompiled(key, wgsl);
  });

  it('compile without a word: convolutions in several programs', async () => {
    const traitsOf = (canBroadcast: boolean) => ({ ...traits, canBroadcast });
    const plans = [false, ...(device.features.has('subgroups') ? [true] : [])].flatMap((can) =>
      stagedPlans(traitsOf(can)),
    );
    const texts = new Map(plans.flatMap(({ passes }) => passes).map(({ program }) => [program.key, program.wgsl]));
    expect(texts.size).toBeGreaterThan(10);
    for (const [key, wgsl] of texts) await expectCompiled(key, wgsl);
  });

  it('compile without a word: the passes of every other kind, in every choice of text', async () => {
    const texts = new Map<string, string>();
    for (const { random, edges } of kindCases) {
      for (const { operator, inputs } of [...edges, ...fc.sample(random, { numRuns: 60, seed: 1 })]) {
        const shapes = inputs.map(({ shape }) => shape);
        const output = rulesOf(operator).outputShape(operator, shapes);
        if (!output.ok) throw new Error(output.error.message);
        for (const broadcast of device.features.has('subgroups') ? broadcasts : [{}]) {
          for (const maxUniformBinding of [0, 65536]) {
            const device = { ...traits, ...broadcast, maxUniformBinding };
            for (const hasResidual of [false, true]) {
              const name = functions[texts.size % functions.length]!;
              const epilogue = { ...identity, function: name, hasResidual };
              const plan = passesOf(operator, shapes, output.value, device, epilogue);
              for (const { program } of plan?.passes ?? []) texts.set(program.key, program.wgsl);
            }
          }
        }
      }
    }
    for (const [key, wgsl] of texts) await expectCompiled(key, wgsl);
  });

  it('compile without a word: those that draw weights', async () => {
    const programs = [false, true].map(drawnProgram);
    for (const { key, wgsl } of [...programs, drawnWinogradProgram(2), drawnWinogradProgram(4)])
      await expectCompiled(key, wgsl);
  });

  it('compile without a word: gather, elementwise, all that looks at maps and all that measures', async () => {
    const programs = [
      ...[gatherProgram, ...functions.map(elementwiseProgram), boxMeanProgram, ...Object.values(viewPrograms)],
      ...[centredProgram, covarianceProgram, mergeCovarianceProgram, copyProgram, ...chainCounts.map(fmaProgram)],
    ];
    for (const { key, wgsl } of programs) await expectCompiled(key, wgsl);
    await expectCompiled('tiles', tilesWgsl);
  });

  it('run in Node: the engine opens a device, compiles and submits', async () => {
    const engine = await createWebGPUEngine({ gpu, defaultLimits: true });
    const conv = createConv2d({ inChannels: 3, outChannels: 4, kernelSize: [3, 3] });
    const input = await engine.upload(new Float32Array(3 * 64), [1, 3, 8, 8]);
    const parameters = { conv: { weight: new Float32Array(108), bias: null } };
    const run = await engine.run({
      graph: layerGraph(conv, 'relu'),
      inputs: { input },
      parameters,
      outputs: ['activation'],
    });
    await run.completed;
    expect(run.tensors.activation?.shape).toEqual([1, 4, 6, 6]);
    expect(engine.counters.dispatches).toBe(1);
    engine.destroy();
  });
});
