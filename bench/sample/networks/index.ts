/** The networks that a workload can name. All read a picture of three channels and have a bias where batch norm would be folded. */
import type { Shape } from '../../../src/operators/operator.ts';
import type { Step } from '../steps.ts';
import { buildNetwork, type NetworkBuilder } from './builder.ts';
import { mobileNet } from './mobileNet.ts';
import { resNet18 } from './resNet.ts';
import { squeezeNet } from './squeezeNet.ts';
import { uNet } from './uNet.ts';
import { vgg11Half, vgg16Blocks } from './vgg.ts';

const networks: ReadonlyMap<string, (network: NetworkBuilder) => void> = new Map([
  ['mobilenet-v1-0.75', (network) => mobileNet(network, 0.75)],
  ['mobilenet-v1', (network) => mobileNet(network, 1)],
  ['resnet-18', resNet18],
  ['vgg-11-half', vgg11Half],
  ['vgg-16-blocks', vgg16Blocks],
  ['u-net-16', (network) => uNet(network, 16)],
  ['squeezenet-1.1', squeezeNet],
]);

const pictureChannels = 3;

/** The steps of a network on a picture. Throws a sentence where there is no such network, or where the picture is too small. */
export function networkSteps(
  network: unknown,
  [height, width]: readonly [number, number],
  name: string,
): { readonly shape: Shape; readonly steps: readonly Step[] } {
  const write = typeof network === 'string' ? networks.get(network) : undefined;
  if (!write) {
    const known = [...networks.keys()].join(', ');
    throw new Error(`${name}: the benchmark has no network "${String(network)}": it is one of ${known}.`);
  }
  const shape: Shape = [1, pictureChannels, height, width];
  const builder = buildNetwork(shape, name);
  write(builder);
  return { shape, steps: builder.steps };
}
