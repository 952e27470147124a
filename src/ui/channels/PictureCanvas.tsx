/** A picture, or a part of it, on a canvas of its own pixels; what the part leaves out of the picture stays empty. */
import { useEffect, useRef } from 'react';
import type { Picture } from '../../live/results.ts';

export interface Box {
  readonly y: number;
  readonly x: number;
  readonly height: number;
  readonly width: number;
}

interface PictureCanvasProps {
  readonly picture: Pick<Picture, 'rgba' | 'height' | 'width'>;
  /** In the picture's pixels; may reach over its edges. */
  readonly box?: Box;
  readonly label?: string;
}

export function PictureCanvas({ picture, box, label }: PictureCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { rgba, height, width } = picture;
  const part = box ?? { y: 0, x: 0, height, width };
  const [y, x, rows, columns] = [part.y, part.x, part.height, part.width];
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, columns, rows);
    context.putImageData(new ImageData(rgba, width, height), -x, -y);
  }, [rgba, width, height, y, x, rows, columns]);
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <canvas ref={canvas} className="picture-canvas" width={columns} height={rows} {...named} />;
}
