/** The first image of a class. */
import { useEffect, useRef } from 'react';
import type { LabelledImages } from '../../../formats/datasets/labelledImages.ts';
import { imagePixels } from '../../../views/training/imagePixels.ts';

export function ClassThumbnail({ images, label }: { readonly images: LabelledImages; readonly label: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = images;
  useEffect(() => {
    const rgba = imagePixels(images, images.labels.indexOf(label));
    canvas.current?.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [images, label, width, height]);
  return (
    <span aria-hidden="true">
      <canvas ref={canvas} width={width} height={height} />
    </span>
  );
}
