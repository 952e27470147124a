import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Contender, Prepare } from '../../bench/contenders/contender.ts';
import { modelOf } from '../../bench/contenders/onnxModel.ts';
import { gradientFilter } from '../../bench/contenders/turnedFilters.ts';
import { fileName, programsOf } from '../../bench/node/programsOf.ts';
import { byBusyClock } from '../../bench/node/threadTime.ts';
import { positions } from '../../bench/page/interaction.ts';
import { macsOf, readWorkloads, sampleOf } from '../../bench/sample/workload.ts';
import { compare } from '../../bench/timing/compare.ts';
import { exponentOf, growthSeries } from '../../bench/timing/growth.ts';
import { difference, median, timeTogether } from '../../bench/timing/rounds.ts';
import { type ContenderName, rowOf, summaryOf } from '../../bench/timing/row.ts';

const small = { name: 'a', in_channels: 4, height: 9, width: 11, out_channels: 6, kernel_size: [3, 1], groups: 2 };

describe('a workload file', () => {
  it('gives convolutions with bias, PyTorch names and defaults', () => {
    const [a] = readWorkloads([{ ...small, stride: 2, padding: [1, 0], dilation: 1 }]);
    expect(a).toMatchObject({
      shape: [1, 4, 9, 11],
      // (9 + 2 - 3) / 2 + 1 = 5 rows, (11 - 1) / 2 + 1 = 6 columns.
      outputShape: [1, 6, 5, 6],
      steps: [
        {
          layer: {
            kind: 'conv2d',
            kernelSize: [3, 1],
            stride: [2, 2],
            groups: 2,
            bias: true,
            padding: { top: 1, bottom: 1, left: 0, right: 0 },
          },
        },
      ],
    });
  });

  it('gives transposed convolutions as conv_transpose, with output_padding', () => {
    const entry = {
      name: 'a',
      in_channels: 4,
      height: 5,
      width: 7,
      out_channels: 6,
      kernel_size: 3,
      stride: 2,
      padding: 1,
    };
    const [a, b] = readWorkloads([
      { ...entry, kind: 'conv_transpose', output_padding: 1 },
      { ...entry, name: 'b', kind: 'transposed', output_padding: 1 },
    ]);
    // (5 - 1) 2 - 2 + 3 + 1 = 10 rows, (7 - 1) 2 - 2 + 3 + 1 = 14 columns.
    expect(a!.outputShape).toEqual([1, 6, 10, 14]);
    expect(b!.steps).toEqual(a!.steps);
  });

  it('gives chains, in which each layer reads the one before, and what a deformable convolution reads beside its maps', () => {
    const layers = [
      { kind: 'transposed', out_channels: 6, kernel_size: 2, stride: 2 },
      { kind: 'shuffle', groups: 3 },
      { kind: 'deformable', out_channels: 2, kernel_size: 3 },
    ];
    const [a] = readWorkloads([{ name: 'a', in_channels: 4, height: 5, width: 7, layers }]);
    expect(a!.steps.map(({ output }) => output)).toEqual([
      [1, 6, 10, 14],
      [1, 6, 10, 14],
      [1, 2, 8, 12],
    ]);
    expect(a!.steps[2]!.extra).toEqual([
      [1, 18, 8, 12],
      [1, 9, 8, 12],
    ]);
    // 4 x 5 x 7 inputs, 6 x 2 x 2 products each; 96 outputs, 9 x 6 samples for 2 filters and four products each.
    expect(macsOf(a!)).toBe(140 * 24 + 96 * 54 * 6);
  });

  it('is refused in a sentence when it asks for something else', () => {
    const refusals = [
      [{}, /list/],
      [[], /list/],
      [[{ ...small, kind: 'conv3d' }], /no kind "conv3d"/],
      [[{ ...small, padding_mode: 'reflect' }], /"padding_mode"/],
      [[{ ...small, stride: 1.5 }], /"stride"/],
      [[{ ...small, kind: 'shuffle' }], /"out_channels"/],
      [[{ ...small, layers: [{ kind: 'shuffle', groups: 2 }] }], /"layers" or beside/],
      [[{ ...small, groups: 3 }], /groups/],
      [[{ ...small, height: 2 }], /a: /],
      [[small, small], /name/],
    ] as const;
    for (const [file, sentence] of refusals) expect(() => readWorkloads(file)).toThrow(sentence);
  });

  it('stands in bench/workloads for images: 1 to 4 channels, kernels 3 to 11, 128 to 256 pixels', () => {
    const url = new URL('../../bench/workloads/image.json', import.meta.url);
    const workloads = readWorkloads(JSON.parse(readFileSync(url, 'utf8')));
    expect(workloads.length).toBeGreaterThanOrEqual(10);
    for (const { steps, shape } of workloads) {
      expect(shape[1]).toBeLessThanOrEqual(4);
      for (const size of [shape[2], shape[3]]) expect(size >= 128 && size <= 256).toBe(true);
      for (const { layer } of steps) {
        if (layer.kind !== 'conv2d') throw new Error(`${layer.kind} among the images`);
        for (const kernel of layer.kernelSize) expect(kernel >= 3 && kernel <= 11).toBe(true);
      }
    }
  });

  it('stands in bench/workloads for deep networks: every class, in sizes for which nothing was tuned', () => {
    const url = new URL('../../bench/workloads/deep.json', import.meta.url);
    const workloads = readWorkloads(JSON.parse(readFileSync(url, 'utf8')));
    const classes = new Set(workloads.map(({ name }) => name.split(' ')[0]));
    for (const one of 'deep pointwise strided dilated grouped transposed depthwise small stem image'.split(' '))
      expect(classes).toContain(one);
    for (const workload of workloads) expect(macsOf(workload)).toBeLessThan(50e6);
  });

  it('stands in bench/workloads for the other kinds too, each small enough for a software adapter', () => {
    const url = new URL('../../bench/workloads/kinds.json', import.meta.url);
    const workloads = readWorkloads(JSON.parse(readFileSync(url, 'utf8')));
    const kinds = new Set(workloads.flatMap(({ steps }) => steps.map(({ layer }) => layer.kind)));
    for (const kind of ['conv_transpose2d', 'deform_conv2d', 'channel_shuffle', 'linear', 'locally_connected2d'])
      expect(kinds).toContain(kind);
    for (const workload of workloads) expect(macsOf(workload)).toBeLessThan(100e6);
  });
});

describe('the benchmark', () => {
  it('finds outputs different when one value is off by more than 1e-4 of the largest', () => {
    const y = new Float32Array([0, 1, -100]);
    expect(difference(y, y.with(0, 0.005))).toBeNull();
    expect(difference(y, y.with(0, 0.02))).toMatch(/0\.02/);
    expect(difference(y, y.with(1, Number.NaN))).not.toBeNull();
    expect(difference(y, y.slice(1))).toMatch(/2 values instead of 3/);
  });

  it('takes the middle of its rounds', () => {
    expect(median([5, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 9])).toBe(3);
  });

  it('moves the sliders over fifty positions, so that four passes are 200 steps', () => {
    expect(positions()).toHaveLength(50);
  });

  it('sets the fastest peer on WebGPU against ours, and leaves WebAssembly out of it', () => {
    const ms = new Map<ContenderName, number>([
      ['ours', 2],
      ['tfjs', 10],
      ['ort', 8],
      ['ort_wasm', 1],
    ]);
    expect(rowOf('a', ms, 4e6, ['dense P4C16', 'gather'])).toEqual({
      name: 'a',
      ours_ms: 2,
      peers: { tfjs: 10, ort: 8, ort_wasm: 1, jax: null },
      ratio: 4,
      // 8 million operations in 2 ms.
      gflops: 4,
      kernel: 'dense P4C16 + gather',
    });
    expect(rowOf('a', new Map([['ours', 2]]), 4e6, []).ratio).toBeNull();
  });

  it('sums up with and without image layers', () => {
    const lines = summaryOf([{ ratio: 2 }, { ratio: 32 }, { ratio: 8 }, { ratio: null }], [16, 3, 64, 64]);
    expect(lines[0]).toMatch(/geometric mean 8\.00, least 2\.00 of 3/);
    expect(lines[1]).toMatch(/geometric mean 4\.00, least 2\.00 of 2/);
  });

  it('says how the CPU engine stands against the other one in WebAssembly, where both ran', () => {
    const row = (cpu_ms: number, ort_wasm: number | null) => ({ ratio: null, cpu_ms, peers: { ort_wasm } });
    const lines = summaryOf([row(1, 2), row(4, 2), row(4, 1), row(9, null)], [3, 3, 3, 3]);
    // The cube root of 0.5 x 2 x 4.
    expect(lines).toEqual([expect.stringMatching(/CPU engine .* WebAssembly: geometric mean 1\.59, most 4\.00 of 3/)]);
  });

  it('finds the exponent of a power law: 1 where twice the work takes twice the time', () => {
    const law = (exponent: number) => [1, 2, 4, 9].map((x) => [x, 3 * x ** exponent] as const);
    expect(exponentOf(law(1))).toBeCloseTo(1);
    expect(exponentOf(law(2))).toBeCloseTo(2);
    expect(exponentOf(law(0))).toBeCloseTo(0);
  });

  it('lets one number of a layer grow at a time, over ten times the work and more', () => {
    for (const isSoftware of [true, false]) {
      for (const { name, workloads } of growthSeries(isSoftware)) {
        const macs = workloads.map(macsOf);
        expect(macs, name).toEqual(macs.toSorted((a, b) => a - b));
        expect(macs.at(-1)! / macs[0]!).toBeGreaterThan(8);
      }
    }
  });

  it('turns the filters of a transposed convolution into those of the convolution that computes it, group by group', () => {
    // 4 channels in 2 groups, 2 filters: channels 0 and 1 go to filter 0, channels 2 and 3 to filter 1; two taps, turned round.
    const weight = new Float32Array([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...gradientFilter(weight, 4, 2, 2, 2)]).toEqual([2, 1, 4, 3, 6, 5, 8, 7]);
    // 2 channels, 2 filters, one tap: the matrix is transposed.
    expect([...gradientFilter(new Float32Array([1, 2, 3, 4]), 2, 2, 1, 1)]).toEqual([1, 3, 2, 4]);
  });

  it('writes layers as an ONNX model: names, attributes and weights stand in its bytes', () => {
    const [workload] = readWorkloads([small]);
    const sample = sampleOf(workload!);
    const model = modelOf(sample);
    const text = new TextDecoder('latin1').decode(model);
    for (const word of ['Conv', 'kernel_shape', 'strides', 'pads', 'dilations', 'group']) expect(text).toContain(word);
    // IR version 9: field 1, varint 9.
    expect([...model.slice(0, 2)]).toEqual([8, 9]);
    const { weight } = sample.steps[0]!.parameters!;
    expect(text).toContain(new TextDecoder('latin1').decode(new Uint8Array(weight.buffer)));
  });
});

describe('the texts for a GPU', () => {
  const deep = { name: 'deep 3x3', in_channels: 8, height: 9, width: 11, out_channels: 16, kernel_size: 3 };

  it('are those that the engine would run there: entry point, grid and what is bound', async () => {
    const [file, ...others] = await programsOf([deep]);
    expect(others).toEqual([]);
    expect(file).toMatchObject({ name: 'deep-3x3', facts: { entryPoint: 'main', constants: {} } });
    expect(file!.wgsl).toContain('@compute');
    // A GPU is not told to hand weights out by broadcast, as software adapters are.
    expect(file!.wgsl).not.toContain('enable subgroups');
    expect(file!.facts.bindings.map(({ binding, type }) => [binding, type])).toEqual([
      [0, 'uniform'],
      [1, 'read-only-storage'],
      [2, expect.stringMatching(/uniform|storage/)],
      [3, 'storage'],
    ]);
    expect(file!.facts.workgroups.every((count) => Number.isInteger(count) && count >= 1)).toBe(true);
  });

  it('are numbered where a plan has several', async () => {
    const layers = [
      { out_channels: 8, kernel_size: 3 },
      { out_channels: 8, kernel_size: 1 },
    ];
    const files = await programsOf([{ name: 'two', in_channels: 3, height: 9, width: 11, layers }]);
    expect(files.map(({ name }) => name)).toEqual(['two.1', 'two.2']);
  });

  it('are, when asked for, those of every way that a tuner would try there', async () => {
    const wide = { name: 'wide', in_channels: 8, height: 5, width: 6, out_channels: 24, kernel_size: 1 };
    const files = await programsOf([wide], { ofCandidates: true });
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['wide.dense-P1C8', 'wide.gemm-P64C32']));
    const gemm = files.find(({ name }) => name === 'wide.gemm-P64C32')!;
    expect(gemm.wgsl).toContain('workgroupBarrier');
    expect(gemm.facts.workgroups).toEqual([1, 1, 1]);
  });

  it('are named after their workloads, and no two alike', async () => {
    expect(fileName('img k3 3->8 (stem)_é')).toBe('img-k3-3--8--stem---');
    await expect(programsOf([deep, { ...deep, name: 'deep-3x3' }])).rejects.toThrow(/deep-3x3\.wgsl/);
  });
});

describe('the clock of a driver in Node', () => {
  /** A device that takes `wall` ms a run, of which its threads run for `threads` and wait for a processor for `waited`; what each turn is said to have taken. */
  async function turns(
    perRun: { readonly wall: number; readonly threads: number; readonly waited?: number },
    counts: readonly number[],
  ) {
    const now = { wall: 0, threads: 0, waited: 0 };
    const contender = {
      async run(times: number) {
        now.wall += times * perRun.wall;
        now.threads += times * perRun.threads;
        now.waited += times * (perRun.waited ?? 0);
      },
      output: async () => new Float32Array(0),
      dispose: () => undefined,
    };
    const timed = byBusyClock(
      () => ({ ran: now.threads, waited: now.waited }),
      () => now.wall,
    );
    const said: number[] = [];
    for (const count of counts) said.push(await timed(contender, count));
    return said;
  }

  it('is the threads’ where they compute', async () => {
    expect(await turns({ wall: 30, threads: 55 }, [1, 3])).toEqual([55, 165]);
  });

  it('is the wall clock where the threads hand the work to a device, from the first run on', async () => {
    expect(await turns({ wall: 3, threads: 0.01 }, [1, 10, 20])).toEqual([3, 30, 60]);
  });

  it('is the threads’ where they wait for a processor that others have', async () => {
    expect(await turns({ wall: 400, threads: 4, waited: 380 }, [1, 2])).toEqual([4, 8]);
  });

  it('stays what it was, however a later run uses the threads', async () => {
    expect(await turns({ wall: 1, threads: 1.5 }, [2, 30, 4])).toEqual([2, 45, 6]);
  });

  it('lets the rounds of a device without busy threads end', async () => {
    const now = { wall: 0 };
    const contender: Contender = {
      async run(times) {
        now.wall += times;
      },
      output: async () => new Float32Array(0),
      dispose: () => undefined,
    };
    const timed = byBusyClock(
      () => ({ ran: 0, waited: 0 }),
      () => now.wall,
    );
    const times = await timeTogether(new Map([['one', contender]]), { count: 3, turn: 60 }, timed);
    expect(times.get('one')).toBe(1);
  });
});

describe('a comparison', () => {
  it.each([
    ['fails', () => Promise.reject(new Error('no memory')), 'no memory'],
    ['gives another answer', async () => Float32Array.of(2), 'another answer'],
  ] as const)('lets go of a peer that %s', async (_, output, said) => {
    const disposed: string[] = [];
    const lines: string[] = [];
    const contender = (name: string, values: () => Promise<Float32Array>): Prepare => {
      return async () => ({ run: async () => undefined, output: values, dispose: () => void disposed.push(name) });
    };
    const prepares = new Map<ContenderName, Prepare>([
      ['ours', contender('ours', async () => Float32Array.of(1))],
      ['tfjs', contender('tfjs', output)],
    ]);
    const timed = async (_: unknown, times: number) => {
      lines.push('timed');
      return 100 * times;
    };
    await compare(readWorkloads([small]), {
      prepares,
      rounds: { count: 1, turn: 60 },
      tell: (line) => lines.push(line),
      timed,
    });
    expect(disposed).toEqual(['tfjs', 'ours']);
    expect(lines.slice(0, lines.indexOf('timed')).join('\n')).toContain(said);
  });
});

describe('npm run bench', () => {
  const bench = (...args: readonly string[]) =>
    spawnSync(process.execPath, ['scripts/bench.mjs', ...args], { encoding: 'utf8' });

  it('says in one sentence what it does not understand, and fails', () => {
    const asked = [
      [['fly'], /no command "fly"/],
      [['--adapter', 'voodoo'], /no adapter "voodoo"/],
      [['--peers', 'tfjs,torch'], /no peer "torch"/],
      [['--rounds', 'many'], /--rounds/],
      [['--speed', '9'], /--speed/],
      [['wgsl'], /--out DIR/],
      [['--workloads', 'nowhere.json'], /nowhere\.json/],
      [['interact', '--adapter', 'llvmpipe'], /no adapter "llvmpipe"/],
      [['train', '--adapter', 'llvmpipe'], /no adapter "llvmpipe"/],
      [['train', '--batch', '0'], /--batch/],
    ] as const;
    for (const [args, sentence] of asked) {
      const { status, stderr } = bench(...args);
      expect(stderr).toMatch(sentence);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(status).toBe(1);
    }
  });
});
