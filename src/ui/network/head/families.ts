/** The built-in architectures by family, and their names as their papers write them. */
import type { ArchitectureName } from '../../../graph/architectures/index.ts';

/** In the order of the list; 'small' is for those that are no family. */
const families = [
  ['small', /^(stack|nin|unet)$/],
  ['AlexNet', /^alexnet/],
  ['VGG', /^vgg/],
  ['GoogLeNet', /^googlenet/],
  ['ResNet', /^(wide_)?resnet/],
  ['ResNeXt', /^resnext/],
  ['DenseNet', /^densenet/],
  ['SqueezeNet', /^squeezenet/],
  ['MobileNet', /^mobilenet/],
  ['ShuffleNet', /^shufflenet/],
  ['EfficientNet', /^efficientnet/],
  ['ConvNeXt', /^convnext/],
] as const;

interface Family {
  readonly family: (typeof families)[number][0];
  readonly names: readonly ArchitectureName[];
}

export function architectureFamilies(names: readonly ArchitectureName[]): readonly Family[] {
  return families.map(([family, pattern]) => ({ family, names: names.filter((name) => pattern.test(name)) }));
}

const titles: Partial<Record<ArchitectureName, string>> = {
  stack: 'Conv × 5',
  nin: 'Network in Network',
  unet: 'U-Net',
  alexnet: 'AlexNet',
  googlenet: 'GoogLeNet',
};

/** `resnet50` → ResNet-50; torchvision's own name where there is no other. */
export function titleOf(name: ArchitectureName): string {
  return (
    titles[name] ??
    name
      .replace(/^vgg(\d+)_bn$/, 'VGG-$1 with batch norm')
      .replace(/^vgg(\d+)$/, 'VGG-$1')
      .replace(/^wide_resnet(\d+)_2$/, 'Wide ResNet-$1-2')
      .replace(/^resnet(\d+)$/, 'ResNet-$1')
      .replace(/^resnext(\d+)_(\d+)x(\d+)d$/, 'ResNeXt-$1 $2×$3d')
      .replace(/^densenet(\d+)$/, 'DenseNet-$1')
      .replace(/^squeezenet(\d)_(\d)$/, 'SqueezeNet $1.$2')
      .replace(/^mobilenet_v(\d)$/, 'MobileNet V$1')
      .replace(/^shufflenet_v2_x(\d)_(\d)$/, 'ShuffleNet V2 ×$1.$2')
      .replace(/^efficientnet_b(\d)$/, 'EfficientNet-B$1')
      .replace(/^convnext_(\w)(\w+)$/, (_, first: string, rest: string) => `ConvNeXt-${first.toUpperCase()}${rest}`)
  );
}
