/** Pixels → a PNG file, so that a frozen camera frame or a picture out of an experiment becomes a photo like any other. */

function canvasOf(width: number, height: number): [OffscreenCanvas, OffscreenCanvasRenderingContext2D] {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2-D canvas');
  return [canvas, context];
}

/** Straight RGBA bytes, row-major. */
export async function encodePng(rgba: Uint8ClampedArray<ArrayBuffer>, width: number, height: number): Promise<Blob> {
  const [canvas, context] = canvasOf(width, height);
  context.putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** A frame at its own size; the bitmap stays its caller's. */
export async function encodeFrame(bitmap: ImageBitmap): Promise<Blob> {
  const [canvas, context] = canvasOf(bitmap.width, bitmap.height);
  context.drawImage(bitmap, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
