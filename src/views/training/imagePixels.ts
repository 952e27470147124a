/** Image `image` of a data set, bytes [C, H, W] with C 1 or 3, as opaque RGBA. */
export function imagePixels(
  images: {
    readonly channels: number;
    readonly height: number;
    readonly width: number;
    readonly pixels: Uint8Array;
  },
  image: number,
): Uint8ClampedArray<ArrayBuffer> {
  const plane = images.height * images.width;
  const rgba = new Uint8ClampedArray(4 * plane).fill(255);
  const start = image * images.channels * plane;
  for (let i = 0; i < plane; i++)
    for (let c = 0; c < 3; c++)
      rgba[4 * i + c] = images.pixels[start + (images.channels === 3 ? c : 0) * plane + i] ?? 0;
  return rgba;
}
