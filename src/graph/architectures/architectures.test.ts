import { describe, expect, it } from 'vitest';
import { costOf } from '../cost.ts';
import { inferShapes } from '../infer.ts';
import { ArchitectureError } from './builder.ts';
import { type ArchitectureName, architecture, architectureNames } from './index.ts';

const priceOf = (name: ArchitectureName, size = 224) => {
  const graph = architecture(name, [1, 3, size, size]);
  const shapes = inferShapes(graph, { input: [1, 3, size, size] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return { ...costOf(graph, shapes.value).total, last: shapes.value[graph.nodes.at(-1)!.id] };
};

/** Parameters and 10^9 multiply-adds at 224 x 224, as torchvision publishes them with its weights (`num_params`, `_ops`). */
const published: Partial<Record<ArchitectureName, readonly [parameters: number, gmacs: number]>> = {
  alexnet: [61_100_840, 0.71],
  vgg11: [132_863_336, 7.61],
  vgg13: [133_047_848, 11.31],
  vgg16: [138_357_544, 15.47],
  vgg19: [143_667_240, 19.63],
  vgg11_bn: [132_868_840, 7.61],
  vgg13_bn: [133_053_736, 11.31],
  vgg16_bn: [138_365_992, 15.47],
  vgg19_bn: [143_678_248, 19.63],
  resnet18: [11_689_512, 1.81],
  resnet34: [21_797_672, 3.66],
  resnet50: [25_557_032, 4.09],
  resnet101: [44_549_160, 7.8],
  resnet152: [60_192_808, 11.51],
  resnext50_32x4d: [25_028_904, 4.23],
  resnext101_32x8d: [88_791_336, 16.41],
  resnext101_64x4d: [83_455_272, 15.46],
  wide_resnet50_2: [68_883_240, 11.4],
  wide_resnet101_2: [126_886_696, 22.75],
  densenet121: [7_978_856, 2.83],
  densenet161: [28_681_000, 7.73],
  densenet169: [14_149_480, 3.36],
  densenet201: [20_013_928, 4.29],
  googlenet: [6_624_904, 1.5],
  mobilenet_v2: [3_504_872, 0.3],
  shufflenet_v2_x0_5: [1_366_792, 0.04],
  shufflenet_v2_x1_0: [2_278_604, 0.14],
  shufflenet_v2_x1_5: [3_503_624, 0.3],
  shufflenet_v2_x2_0: [7_393_996, 0.58],
  squeezenet1_0: [1_248_424, 0.82],
  squeezenet1_1: [1_235_496, 0.35],
  efficientnet_b0: [5_288_548, 0.39],
  convnext_tiny: [28_589_128, 4.46],
  convnext_small: [50_223_688, 8.684],
  convnext_base: [88_591_464, 15.36],
  convnext_large: [197_767_336, 34.361],
};

/** Parameters alone: torchvision measures their operations at other sizes. */
const publishedParameters: Partial<Record<ArchitectureName, number>> = {
  efficientnet_b1: 7_794_184,
  efficientnet_b2: 9_109_994,
  efficientnet_b3: 12_233_232,
  efficientnet_b4: 19_341_616,
  efficientnet_b5: 30_389_784,
  efficientnet_b6: 43_040_704,
  efficientnet_b7: 66_347_960,
};

describe('an architecture', () => {
  for (const [name, [parameters, gmacs]] of Object.entries(published)) {
    it(`${name} has the parameters and the operations that torchvision publishes`, () => {
      const price = priceOf(name as ArchitectureName);
      expect(price.parameters).toBe(parameters);
      // To two decimals; the largest also count the multiplications of ConvNeXt's scales, which torchvision leaves out.
      expect(Math.abs(price.macs / 1e9 - gmacs)).toBeLessThan(Math.max(0.005, 0.0003 * gmacs));
      expect(price.last).toEqual([1, 1000, 1, 1]);
    });
  }

  for (const [name, parameters] of Object.entries(publishedParameters)) {
    it(`${name} has the parameters that torchvision publishes`, () => {
      expect(priceOf(name as ArchitectureName).parameters).toBe(parameters);
    });
  }

  it('takes pictures of any size, and has the same parameters for them', () => {
    for (const name of architectureNames) {
      const size = name.startsWith('densenet') ? 97 : 131;
      expect(priceOf(name, size).parameters).toBe(priceOf(name).parameters);
    }
  });

  it('U-Net gives a map as large as its picture, odd sizes too', () => {
    expect(priceOf('unet', 131).last).toEqual([1, 1, 131, 131]);
  });

  it('says which layer a picture is too small for', () => {
    const tooSmall = () => architecture('alexnet', [1, 3, 24, 24]);
    expect(tooSmall).toThrow(ArchitectureError);
    expect(tooSmall).toThrow(/^features\.5: .*Output size is too small/);
  });
});
