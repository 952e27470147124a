/** Models of both forms against TensorFlow's definitions, by plain loops over [N, H, W, C]. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  graphModel,
  integers,
  type KerasLayerOf,
  noise,
  read,
  run,
  sequence,
  stored,
  type Weight,
} from './testing/models.ts';

/** SAME convolution of one image; kernel [kh, kw, in, out], or of every channel by itself [kh, kw, channels, multiplier]. */
function convolved(input: Weight, kernel: Weight, stride: number, isDepthwise: boolean) {
  const [, h = 1, w = 1, c = 1] = input.shape;
  const [kh = 1, kw = 1, , last = 1] = kernel.shape;
  const [rows, columns] = [Math.ceil(h / stride), Math.ceil(w / stride)];
  const top = Math.floor(Math.max(0, (rows - 1) * stride + kh - h) / 2);
  const left = Math.floor(Math.max(0, (columns - 1) * stride + kw - w) / 2);
  const out = isDepthwise ? c * last : last;
  const values: number[] = [];
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (let o = 0; o < out; o++) {
        let sum = 0;
        for (let a = 0; a < kh; a++)
          for (let b = 0; b < kw; b++)
            for (let k = 0; k < c; k++) {
              const [row, column] = [y * stride - top + a, x * stride - left + b];
              if (row < 0 || column < 0 || row >= h || column >= w) continue;
              if (isDepthwise && Math.floor(o / last) !== k) continue;
              const tap = ((a * kw + b) * c + k) * last + (isDepthwise ? o % last : o);
              sum += input.values[(row * w + column) * c + k]! * kernel.values[tap]!;
            }
        values.push(sum);
      }
  return { shape: [1, rows, columns, out], values };
}

function expectClose(got: { shape: number[]; values: number[] }, wanted: { shape: number[]; values: number[] }): void {
  expect(got.shape).toEqual(wanted.shape);
  got.values.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted.values[i]!, 5);
  });
}

const window = { strides: [1, 2, 2, 1], padding: 'SAME' };
const sizes = [
  [6, 8],
  [7, 9],
  [5, 6],
] as const;

describe('graph models', () => {
  it.each(sizes)('a convolution with stride 2, SAME, its bias apart and ReLU6, at %i x %i', (h, w) => {
    const [k, b] = [noise([3, 3, 3, 4]), noise([4], 7)];
    const network = graphModel(
      3,
      [
        { name: 'conv', op: 'Conv2D', input: ['x', 'k'], attr: window },
        { name: 'bias', op: 'BiasAdd', input: ['conv', 'b'] },
        { name: 'relu', op: 'Relu6', input: ['bias'] },
      ],
      { k, b },
    );
    const input = noise([1, h, w, 3], 3);
    const plain = convolved(input, k, 2, false);
    const values = plain.values.map((value, i) => Math.min(6, Math.max(0, value + b.values[i % 4]!)));
    expectClose(run(network, input), { shape: plain.shape, values });
    if (!network.ok) throw new Error();
    expect(network.value.layers).toEqual([{ name: 'conv', node: 'conv', response: 'relu' }]);
    expect(network.value.parameters.conv?.bias).toEqual(b.values);
  });

  it.each(sizes)('a depthwise one with two filters for each channel, fused, at %i x %i', (h, w) => {
    const [k, b] = [noise([5, 3, 2, 2]), noise([4], 7)];
    const attr = { ...window, fused_ops: ['BiasAdd', 'Relu'] };
    const network = graphModel(2, [{ name: 'dw', op: 'FusedDepthwiseConv2dNative', input: ['x', 'k', 'b'], attr }], {
      k,
      b,
    });
    const input = noise([1, h, w, 2], 3);
    const plain = convolved(input, k, 2, true);
    const values = plain.values.map((value, i) => Math.max(0, value + b.values[i % 4]!));
    expectClose(run(network, input), { shape: plain.shape, values });
  });

  it.each(sizes)('the gradient of a convolution is its adjoint at %i x %i', (h, w) => {
    const k = noise([3, 4, 2, 3]);
    const conv = graphModel(2, [{ name: 'c', op: 'Conv2D', input: ['x', 'k'], attr: window }], { k });
    const x = noise([1, h, w, 2], 3);
    const forward = run(conv, x);
    const y = noise(forward.shape, 11);
    const back = graphModel(
      3,
      [{ name: 't', op: 'Conv2DBackpropInput', input: ['size', 'k', 'x'], attr: window }],
      { k, size: integers(1, h, w, 2) },
      [forward.shape[1]!, forward.shape[2]!],
    );
    const backward = run(back, y);
    expect(backward.shape).toEqual([1, h, w, 2]);
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
    expect(dot(forward.values, y.values)).toBeCloseTo(dot(x.values, backward.values), 5);
  });

  it('batch norm, constants, reshape and a matrix product in their order', () => {
    const [scale, offset, mean, m, half] = [
      noise([2], 2),
      noise([2], 3),
      noise([2], 4),
      noise([12, 3], 5),
      { shape: [], values: [0.5] },
    ];
    const variance = { shape: [2], values: [0.5, 2] };
    const network = graphModel(
      2,
      [
        {
          name: 'n',
          op: 'FusedBatchNormV3',
          input: ['x', 'scale', 'offset', 'mean', 'variance'],
          attr: { epsilon: 0.125 },
        },
        { name: 'h', op: 'Mul', input: ['half', 'n'] },
        { name: 'r', op: 'Reshape', input: ['h', 'to'] },
        { name: 'm', op: 'MatMul', input: ['r', 'matrix'] },
      ],
      { scale, offset, mean, variance, half, matrix: m, to: integers(-1, 12) },
      [2, 3],
    );
    const input = noise([2, 2, 3, 2], 9);
    const normed = Array.from(input.values, (value, i) => {
      const c = i % 2;
      const deviation = Math.sqrt(variance.values[c]! + 0.125);
      return 0.5 * (((value - mean.values[c]!) / deviation) * scale.values[c]! + offset.values[c]!);
    });
    const values = [0, 1].flatMap((image) =>
      [0, 1, 2].map((o) => {
        let sum = 0;
        for (let i = 0; i < 12; i++) sum += normed[12 * image + i]! * m.values[3 * i + o]!;
        return sum;
      }),
    );
    expectClose(run(network, input), { shape: [2, 1, 1, 3], values });
  });

  it('blocks, transposition, padding and concatenation move values where TensorFlow does', () => {
    const input = noise([1, 2, 3, 4], 5);
    const at = (y: number, x: number, c: number) => input.values[(y * 3 + x) * 4 + c]!;
    const blocks = graphModel(4, [{ name: 'd', op: 'DepthToSpace', input: ['x'], attr: { block_size: 2 } }], {});
    const spread = Array.from({ length: 24 }, (_, i) => {
      const [x, y] = [i % 6, Math.floor(i / 6)];
      return at(y >> 1, x >> 1, (y % 2) * 2 + (x % 2));
    });
    expectClose(run(blocks, input), { shape: [1, 4, 6, 1], values: spread });
    const turned = graphModel(4, [{ name: 't', op: 'Transpose', input: ['x', 'p'] }], { p: integers(0, 2, 3, 1) });
    const order = [0, 1, 2].flatMap((x) => [0, 1, 2, 3].flatMap((c) => [0, 1].map((y) => at(y, x, c))));
    expectClose(run(turned, input), { shape: [1, 3, 4, 2], values: order });
    const padded = graphModel(
      4,
      [
        { name: 'p', op: 'Pad', input: ['x', 'amounts'] },
        { name: 'c', op: 'ConcatV2', input: ['p', 'p', 'axis'] },
      ],
      {
        amounts: { shape: [4, 2], values: [0, 0, 1, 0, 0, 2, 0, 1], dtype: 'int32' },
        axis: { shape: [], values: [3], dtype: 'int32' },
      },
    );
    const wide = Array.from({ length: 3 * 5 * 10 }, (_, i) => {
      const [c, x, y] = [(i % 10) % 5, Math.floor(i / 10) % 5, Math.floor(i / 50)];
      return y >= 1 && x < 3 && c < 4 ? at(y - 1, x, c) : 0;
    });
    expectClose(run(padded, input), { shape: [1, 3, 5, 10], values: wide });
  });
});

describe('layers models', () => {
  it('a separable layer is a depthwise and a pointwise one; Flatten and Dense read rows first', () => {
    const [d, p, b, m, n] = [
      noise([3, 3, 2, 1]),
      noise([1, 1, 2, 3], 2),
      noise([3], 3),
      noise([12, 2], 4),
      noise([2], 5),
    ];
    const layers: readonly KerasLayerOf[] = [
      ['SeparableConv2D', { name: 's', strides: [2, 2], padding: 'same', activation: 'relu' }],
      ['Flatten', { name: 'f' }],
      ['Dense', { name: 'd', units: 2, activation: 'linear' }],
    ];
    const weights = { 's/depthwise_kernel': d, 's/pointwise_kernel': p, 's/bias': b, 'd/kernel': m, 'd/bias': n };
    // Without a size of its own a network with a Dense layer cannot be built anywhere else.
    expect(sequence(2, layers, weights)).toMatchObject({ ok: false, error: { code: 'model-weight' } });
    const sized = layers.map(([type, config], i) => [
      type,
      i === 0 ? { ...config, batch_input_shape: [null, 3, 4, 2] } : config,
    ]);
    const { weightsManifest, shards } = stored(weights);
    const config = sized.map(([class_name, settings]) => ({ class_name, config: settings }));
    const network = read(
      JSON.stringify({ modelTopology: { model_config: { class_name: 'Sequential', config } }, weightsManifest }),
      shards,
    );
    const input = noise([1, 3, 4, 2], 8);
    const apart = convolved(input, d, 2, true);
    const mixed = convolved(apart, p, 1, false).values.map((value, i) => Math.max(0, value + b.values[i % 3]!));
    const values = [0, 1].map((o) => mixed.reduce((sum, value, i) => sum + value * m.values[2 * i + o]!, n.values[o]!));
    expectClose(run(network, input), { shape: [1, 1, 1, 2], values });
  });

  it('batch norm, a leaky rectifier and enlarging', () => {
    const norm = {
      'n/gamma': noise([2], 1),
      'n/beta': noise([2], 2),
      'n/moving_mean': noise([2], 3),
      'n/moving_variance': { shape: [2], values: [0.25, 3] },
    };
    const network = sequence(
      2,
      [
        ['BatchNormalization', { name: 'n', epsilon: 0.5, axis: [3] }],
        ['LeakyReLU', { name: 'l', alpha: 0.25 }],
        ['UpSampling2D', { name: 'u', size: [2, 3] }],
      ],
      norm,
    );
    const input = noise([1, 2, 2, 2], 6);
    const small = Array.from(input.values, (value, i) => {
      const c = i % 2;
      const scale = norm['n/gamma'].values[c]! / Math.sqrt(norm['n/moving_variance'].values[c]! + 0.5);
      const y = (value - norm['n/moving_mean'].values[c]!) * scale + norm['n/beta'].values[c]!;
      return y < 0 ? 0.25 * y : y;
    });
    const values = Array.from({ length: 48 }, (_, i) => {
      const [c, x, y] = [i % 2, Math.floor(i / 2) % 6, Math.floor(i / 12)];
      return small[((y >> 1) * 2 + Math.floor(x / 3)) * 2 + c]!;
    });
    expectClose(run(network, input), { shape: [1, 4, 6, 2], values });
  });

  it.each(['same', 'valid'])('a transposed layer with %s padding enlarges by its stride', (padding) => {
    const k = noise([3, 3, 2, 1]);
    const network = sequence(1, [['Conv2DTranspose', { name: 't', strides: [2, 2], padding, use_bias: false }]], {
      't/kernel': k,
    });
    const { shape, values } = run(network, { shape: [1, 3, 3, 1], values: [0, 0, 0, 0, 1, 0, 0, 0, 0] });
    expect(shape).toEqual(padding === 'same' ? [1, 6, 6, 2] : [1, 7, 7, 2]);
    // SAME crops the one row that is too many behind: TensorFlow's forward layer pads it there.
    for (let tap = 0; tap < 9; tap++)
      for (let c = 0; c < 2; c++) {
        const [y, x] = [2 + Math.floor(tap / 3), 2 + (tap % 3)];
        expect(values[(y * shape[2]! + x) * 2 + c]).toBeCloseTo(k.values[tap * 2 + c]!, 6);
      }
  });
});

describe('how weights are stored', () => {
  const topology = {
    node: [
      {
        name: 'x',
        op: 'Placeholder',
        attr: { shape: { shape: { dim: ['1', '4', '4', '1'].map((size) => ({ size })) } } },
      },
      { name: 'k', op: 'Const' },
      { name: 'c', op: 'Conv2D', input: ['x', 'k'], attr: { padding: { s: btoa('VALID') } } },
    ],
  };
  const modelOf = (weight: object, paths = ['w.bin']) =>
    JSON.stringify({
      modelTopology: topology,
      weightsManifest: [{ paths, weights: [{ name: 'k', shape: [1, 1, 1, 2], ...weight }] }],
    });
  const bytes = (...values: number[]) => new Map([['w.bin', Uint8Array.from(values)]]);
  const weightOf = (json: string, shards: ReadonlyMap<string, Uint8Array>) => {
    const network = read(json, shards);
    if (!network.ok) throw new Error(network.error.code);
    return [...network.value.parameters.c!.weight];
  };
  const quantised = (dtype: string, scale = 0.5, min = -1) => ({
    dtype: 'float32',
    quantization: { dtype, scale, min },
  });

  it('reads uint8 and uint16 with scale and minimum, and float16', () => {
    expect(weightOf(modelOf(quantised('uint8')), bytes(0, 255))).toEqual([-1, 126.5]);
    expect(weightOf(modelOf(quantised('uint16')), bytes(1, 0, 0, 1))).toEqual([-0.5, 127]);
    expect(weightOf(modelOf(quantised('float16')), bytes(0, 0x3c, 1, 0x80))).toEqual([1, -(2 ** -24)]);
  });

  it('reads shards that were cut anywhere, by their names without folders', () => {
    const shards = new Map([
      ['1of2', Uint8Array.of(0, 0, 0x80)],
      ['2of2', Uint8Array.of(0x3f, 0, 0, 0, 0x40)],
    ]);
    expect(weightOf(modelOf({ dtype: 'float32' }, ['a/1of2', 'a/2of2']), shards)).toEqual([1, 2]);
  });

  it.each([
    ['a shard that is not there', modelOf({ dtype: 'float32' }), new Map(), 'model-shard-missing', { name: 'w.bin' }],
    [
      'a shard that ends early',
      modelOf({ dtype: 'float32' }),
      bytes(1, 2, 3),
      'model-shard-length',
      { expected: 8, got: 3 },
    ],
    ['another kind of number', modelOf({ dtype: 'complex64' }), bytes(), 'model-dtype', { dtype: 'complex64' }],
    ['bytes that nobody explains', modelOf({ dtype: 'uint8' }), bytes(1, 2), 'model-dtype', { dtype: 'uint8' }],
    [
      'a kernel of another rank',
      modelOf({ dtype: 'float32', shape: [2] }),
      bytes(0, 0, 0, 0, 0, 0, 0, 0),
      'model-weight',
      {},
    ],
    ['sizes below zero', modelOf({ dtype: 'float32', shape: [-1, 2] }), bytes(), 'model-malformed', { where: 'k' }],
    [
      'an operator that is not known',
      modelOf({ dtype: 'float32' }).replace('Conv2D', 'Where'),
      bytes(0, 0, 0, 0, 0, 0, 0, 0),
      'model-operator',
      { operator: 'Where' },
    ],
    ['no JSON', 'model', bytes(), 'model-malformed', { where: 'JSON' }],
  ] as const)('says what is wrong with %s', (_, json, shards, code, values) => {
    expect(read(json, shards)).toMatchObject({ ok: false, error: { code, values } });
  });

  it('says that a layer is not known, that channels stand first, and that nodes read one another in a circle', () => {
    expect(sequence(1, [['LSTM', { name: 'l' }]], {})).toMatchObject({
      error: { code: 'model-operator', values: { operator: 'LSTM' } },
    });
    const first = graphModel(
      1,
      [{ name: 'p', op: 'MaxPool', input: ['x'], attr: { data_format: 'NCHW', padding: 'SAME' } }],
      {},
    );
    expect(first).toMatchObject({ error: { code: 'model-attribute', values: { what: 'NCHW' } } });
    const circle = graphModel(
      1,
      [
        { name: 'a', op: 'Add', input: ['x', 'b'] },
        { name: 'b', op: 'Relu', input: ['a'] },
        { name: 'c', op: 'Relu', input: ['b'] },
      ],
      {},
    );
    expect(circle).toMatchObject({ error: { code: 'model-malformed' } });
  });
});

describe('damaged files', () => {
  const folder = 'public/models/networks';
  const files = ['blazeface-front', 'esrgan-slim-x2'].map((name) => ({
    json: readFileSync(`${folder}/${name}.json`, 'utf8'),
    shards: new Map([[`${name}.bin`, new Uint8Array(readFileSync(`${folder}/${name}.bin`))]]),
  }));

  it('are read or refused with a code, wherever their text was changed', () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 0.9999, noNaN: true }),
      text: fc.constantFrom('', '0', '-1', '99999999999', '"', '{}', '[]', 'null', ',', 'a', '1e400', '__proto__'),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.nat(4),
        ({ json, shards }, changes, cut) => {
          let text = json;
          for (const { at, text: other } of changes) {
            const place = Math.floor(at * text.length);
            text = text.slice(0, place) + other + text.slice(place + cut);
          }
          const network = read(text, shards);
          if (network.ok) network.value.graphAt(33, 47);
          else expect(network.error.code).toMatch(/^model-/);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are read or refused with a code, whatever stands in place of a value of the JSON', () => {
    const { json, shards } = files[0]!;
    const other = fc.constantFrom<unknown>(null, 0, -1, 1.5, 2 ** 40, '', 'SAME', [], {}, [1, 2, 3], true, 'Const_55');
    fc.assert(
      fc.property(fc.nat(4000), other, (at, value) => {
        let count = 0;
        const text = JSON.stringify(JSON.parse(json), (key, old) => (key !== '' && count++ === at ? value : old));
        const network = read(text, shards);
        if (network.ok) network.value.graphAt(33, 47);
        else expect(network.error.code).toMatch(/^model-/);
      }),
      { numRuns: 150 },
    );
  });
});
