/** Figures as files: SVG with its pictures inside, and PNG. */
import type { Figure, Picture } from '../views/figure/marks.ts';
import { drawFigure } from '../views/figure/toCanvas.ts';
import { figureToSvg } from '../views/figure/toSvg.ts';

export async function svgFile(figure: Figure, name: string): Promise<File> {
  const urls = new Map<Picture, string>();
  for (const mark of figure.marks) if (mark.kind === 'image') urls.set(mark.picture, await pngUrl(mark.picture));
  const text = figureToSvg(figure, (picture) => urls.get(picture) ?? '');
  return new File([text], name, { type: 'image/svg+xml' });
}

/** Two pixels to one of the figure. */
export async function pngFile(figure: Figure, name: string): Promise<File> {
  const { canvas } = drawn(figure, 2);
  return new File([await canvas.convertToBlob({ type: 'image/png' })], name, { type: 'image/png' });
}

/** RGBA of the figure, `scale` pixels to one of its own. */
export function figurePixels(figure: Figure, scale: number): ImageData {
  const { canvas, context } = drawn(figure, scale);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function drawn(figure: Figure, scale: number) {
  const canvas = new OffscreenCanvas(Math.ceil(figure.width * scale), Math.ceil(figure.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2-D canvas');
  drawFigure(figure, context, scale);
  return { canvas, context };
}

async function pngUrl({ width, height, rgba }: Picture): Promise<string> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2-D canvas');
  context.putImageData(new ImageData(rgba, width, height), 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(binary)}`;
}
