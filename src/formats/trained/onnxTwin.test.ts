/** BlazeFace comes in two files of other makers, for TensorFlow.js and in ONNX, with the same weights: both readers give the same outputs. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createCpuEngine } from '../../engine/cpu/index.ts';
import type { RunRequest } from '../../engine/engine.ts';
import type { HostTensor } from '../../operators/operator.ts';
import { importOnnx } from '../onnx/importModel.ts';
import { readOnnxModel } from '../onnx/readModel.ts';
import { graphFor, picture } from './testing/onEngine.ts';
import { sampleOfDisk } from './testing/samplesOfDisk.ts';

/** The values of each node of image 0, in the order in which they lie. */
async function outputsOf(
  request: Omit<RunRequest, 'inputs'>,
  inputs: Readonly<Record<string, HostTensor<Float32Array>>>,
): Promise<readonly Float32Array[]> {
  const engine = await createCpuEngine();
  const uploaded: RunRequest['inputs'] = Object.fromEntries(
    await Promise.all(
      Object.entries(inputs).map(async ([id, { values, shape }]) => [id, await engine.upload(values, shape)] as const),
    ),
  );
  const { tensors } = await engine.run({ ...request, inputs: uploaded });
  const values = await Promise.all(
    request.outputs.map((id) => {
      const tensor = tensors[id]!;
      const [, channels, height, width] = tensor.shape;
      return engine.read(tensor, { channel: 0, channels, y: 0, x: 0, height, width });
    }),
  );
  engine.destroy();
  return values;
}

it("gives the same scores and boxes from both of BlazeFace's files", async () => {
  const input = picture([1, 3, 128, 128]);
  const network = await sampleOfDisk('blazeface-front');
  const { graph, outputs } = graphFor(network, input.shape);
  const request = { graph, parameters: network.parameters, outputs: outputs.map(({ node }) => node) };
  const ours = await outputsOf(request, { [network.input]: input });

  const model = readOnnxModel(new Uint8Array(readFileSync('tests/fixtures/blazeface-front.onnx')));
  const turned = Float32Array.from(
    { length: input.values.length },
    (_, i) => input.values[(i % 3) * 128 * 128 + Math.floor(i / 3)]!,
  );
  const given = { name: model.inputs[0]!, dims: [1, 128, 128, 3], values: turned, integers: null };
  const imported = importOnnx(model, { [given.name]: given });
  const nodes = imported.outputs.map((output) => ('node' in output ? output.node : ''));
  const theirs = await outputsOf(
    { graph: imported.graph, parameters: imported.parameters, outputs: nodes },
    imported.inputs,
  );

  const lengths = [384, 512, 6144, 8192];
  expect(ours.map(({ length }) => length).toSorted((a, b) => a - b)).toEqual(lengths);
  for (const values of ours) {
    const twin = theirs.find(({ length }) => length === values.length)!;
    const scale = Math.max(...values.map(Math.abs));
    values.forEach((value, i) => {
      expect(Math.abs(value - twin[i]!)).toBeLessThan(1e-5 * (1 + scale));
    });
  }
});
