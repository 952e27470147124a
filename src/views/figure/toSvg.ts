/** A figure as SVG 1.1: self-contained, vectors and text, pictures as embedded PNG. */
import { type Figure, type FigureMark, families, type Picture } from './marks.ts';

/** `urlOf`: a `data:` URL of each picture. `widthMm`: printed so wide; absent: a pixel of the figure is one of the page. */
export function figureToSvg(
  { width, height, background, title, marks }: Figure,
  urlOf: (picture: Picture) => string,
  widthMm?: number,
): string {
  const length = (pixels: number) =>
    widthMm === undefined ? number(pixels) : `${number((pixels * widthMm) / width)}mm`;
  const box = `viewBox="0 0 ${number(width)} ${number(height)}"`;
  const size = `width="${length(width)}" height="${length(height)}" ${box}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size}>`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="${background}"/>`,
    ...marks.map((mark) => elementOf(mark, urlOf)),
    '</svg>',
    '',
  ].join('\n');
}

function elementOf(mark: FigureMark, urlOf: (picture: Picture) => string): string {
  switch (mark.kind) {
    case 'rect':
      return `<rect ${boxOf(mark)} rx="${number(mark.radius)}" fill="${mark.fill}"/>`;
    case 'frame':
      return `<rect ${boxOf(mark)} fill="none" stroke="${mark.stroke}" stroke-width="${number(mark.strokeWidth)}"/>`;
    case 'image':
      // Readers of SVG 1.1 know the link by its old name alone.
      return `<image ${boxOf(mark)} preserveAspectRatio="none" image-rendering="pixelated" xlink:href="${urlOf(mark.picture)}"/>`;
    case 'polygon': {
      const points = mark.points.map((point) => point.map(number).join(',')).join(' ');
      return `<polygon points="${points}" fill="${mark.fill}" opacity="${mark.opacity}"/>`;
    }
    case 'line': {
      const [x1, y1, x2, y2] = [...mark.from, ...mark.to].map(number);
      return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${mark.stroke}" stroke-width="${mark.strokeWidth}" opacity="${mark.opacity}"/>`;
    }
    case 'circle':
      return `<circle cx="${number(mark.x)}" cy="${number(mark.y)}" r="${number(mark.radius)}" fill="${mark.fill}"/>`;
    case 'text': {
      const place = `x="${number(mark.x)}" y="${number(mark.y)}" text-anchor="${mark.anchor}" fill="${mark.fill}"`;
      const font = `font-family="${families[mark.family]}" font-size="${mark.size}" font-weight="${mark.weight}"`;
      return `<text ${place} ${font} xml:space="preserve">${escaped(mark.text)}</text>`;
    }
    default:
      mark satisfies never;
      throw new Error('unknown mark');
  }
}

function boxOf(box: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}): string {
  return `x="${number(box.x)}" y="${number(box.y)}" width="${number(box.width)}" height="${number(box.height)}"`;
}

/** To a hundredth of a pixel. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** XML 1.0 text: its three signs as entities, and what it has no place for (control characters) left out. */
function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML does not allow
  const allowed = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return allowed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
