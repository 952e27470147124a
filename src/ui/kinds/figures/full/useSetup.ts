/**
 * What the three layers of the figure are functions of: the photo in grey and small enough for a fully connected map, the window (a
 * locally connected card's own), the weights.
 */
import { useMemo } from 'react';
import { toTensor } from '../../../../formats/image/tensor.ts';
import { type KindAttributes, newAttributes } from '../../../../graph/layers/kindAttributes.ts';
import { fitAttributes } from '../../../../graph/layers/kindLayer.ts';
import type { KindWeights } from '../../../../graph/layers/kindParameters.ts';
import { type LayerWindow, type SmallLayer, smallLayer, threeKinds } from '../../../../graph/shift/threeLayers.ts';
import { smallPicture } from '../../../../live/kinds/smallPicture.ts';
import type { KindOutput, Picture } from '../../../../live/results.ts';
import type { HostTensor, Pair } from '../../../../operators/operator.ts';

/**
 * The longest side of the photo. Matrices have its pixels squared, so that each cell is seen; maps may have more, and still a fully
 * connected one is computed within a frame while the photo is dragged.
 */
export const longestSide = { matrix: 8, maps: 36 } as const;

/** What each part of the figure is given. */
export interface PartProps {
  readonly picture: Picture;
  readonly kind: KindOutput;
  readonly stride: Pair;
  readonly setStride: (stride: Pair) => void;
}

export interface Setup extends FigureWindow {
  /** [1, 1, h, w], grey 0..1. */
  readonly photo: HostTensor<Float32Array>;
  /** Fully connected, locally connected, convolution. */
  readonly layers: readonly SmallLayer[];
  readonly weights: KindWeights;
  readonly setStride: PartProps['setStride'];
}

export function useSetup({ picture, kind, stride, setStride }: PartProps, longest: number): Setup {
  const photo = useGreyPhoto(picture, longest);
  const [, , height, width] = photo.shape;
  const fitted = useMemo(() => windowOf(kind, [height, width], stride), [kind, height, width, stride]);
  const { weights } = kind.state;
  return { ...fitted, photo, weights, setStride, layers: layersFor(fitted.window, [height, width], weights) };
}

/** The picture that the layer of the card reads, no larger than `longest`. */
function useGreyPhoto(picture: Picture, longest: number): HostTensor<Float32Array> {
  return useMemo(() => {
    const scale = Math.min(1, longest / Math.max(picture.height, picture.width));
    const [h, w] = [Math.max(1, Math.round(picture.height * scale)), Math.max(1, Math.round(picture.width * scale))];
    const { rgba } = smallPicture(picture, [h, w]);
    return { shape: [1, 1, h, w], values: toTensor(rgba, w, h, 'grey', 'unit') };
  }, [picture, longest]);
}

/** A fully connected card has no window of its own: 3 x 3. */
function attributesOf({ state, attributes }: KindOutput): KindAttributes {
  return state.kind === 'locally_connected' ? attributes : newAttributes('locally_connected');
}

export interface FigureWindow {
  readonly window: LayerWindow;
  /** What was asked does not fit on a picture so small. */
  readonly isNarrowed: boolean;
}

/** The window of both layers that have one, over a picture of `inputSize`. */
export function windowOf(kind: KindOutput, inputSize: Pair, stride: Pair): FigureWindow {
  const own = attributesOf(kind);
  const fitted = fitAttributes('locally_connected', { ...own, stride }, { inChannels: 1, inputSize });
  const { kernelSize, padding, dilation } = fitted;
  const window = { kernelSize, stride: fitted.stride, padding, dilation };
  const asked = { kernelSize: own.kernelSize, stride, padding: own.padding, dilation: own.dilation };
  return { window, isNarrowed: JSON.stringify(window) !== JSON.stringify(asked) };
}

const made = new Map<string, readonly SmallLayer[]>();

/** Made once, however many frames a camera sends. */
function layersFor(window: LayerWindow, size: Pair, weights: KindWeights): readonly SmallLayer[] {
  const key = JSON.stringify([window, size, weights]);
  const known = made.get(key);
  if (known) return known;
  // Both sizes of the figure, and those of the step before.
  if (made.size >= 4) made.clear();
  const layers = threeKinds.map((kind) => smallLayer(kind, window, size, weights));
  made.set(key, layers);
  return layers;
}
