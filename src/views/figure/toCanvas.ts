/** A figure drawn on a 2-D canvas, `scale` canvas pixels to one of its own. */
import { type Figure, type FigureMark, families } from './marks.ts';

export function drawFigure(figure: Figure, context: OffscreenCanvasRenderingContext2D, scale: number): void {
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = figure.background;
  context.fillRect(0, 0, figure.width, figure.height);
  context.imageSmoothingEnabled = false;
  for (const mark of figure.marks) drawMark(mark, context);
}

function drawMark(mark: FigureMark, context: OffscreenCanvasRenderingContext2D): void {
  switch (mark.kind) {
    case 'rect':
      context.fillStyle = mark.fill;
      context.beginPath();
      context.roundRect(mark.x, mark.y, mark.width, mark.height, Math.min(mark.radius, mark.width / 2));
      context.fill();
      return;
    case 'frame':
      context.strokeStyle = mark.stroke;
      context.lineWidth = mark.strokeWidth;
      context.strokeRect(mark.x, mark.y, mark.width, mark.height);
      return;
    case 'image': {
      const { width, height, rgba } = mark.picture;
      const bitmap = new OffscreenCanvas(width, height);
      bitmap.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
      context.drawImage(bitmap, mark.x, mark.y, mark.width, mark.height);
      return;
    }
    case 'polygon': {
      context.globalAlpha = mark.opacity;
      context.fillStyle = mark.fill;
      context.beginPath();
      for (const [x, y] of mark.points) context.lineTo(x, y);
      context.fill();
      context.globalAlpha = 1;
      return;
    }
    case 'line':
      context.globalAlpha = mark.opacity;
      context.strokeStyle = mark.stroke;
      context.lineWidth = mark.strokeWidth;
      context.beginPath();
      context.moveTo(...mark.from);
      context.lineTo(...mark.to);
      context.stroke();
      context.globalAlpha = 1;
      return;
    case 'circle':
      context.fillStyle = mark.fill;
      context.beginPath();
      context.arc(mark.x, mark.y, mark.radius, 0, 2 * Math.PI);
      context.fill();
      return;
    case 'text':
      context.font = `${mark.weight} ${mark.size}px ${families[mark.family]}`;
      context.fillStyle = mark.fill;
      context.textAlign = mark.anchor === 'middle' ? 'center' : mark.anchor;
      context.fillText(mark.text, mark.x, mark.y);
      return;
    default:
      mark satisfies never;
      throw new Error('unknown mark');
  }
}
