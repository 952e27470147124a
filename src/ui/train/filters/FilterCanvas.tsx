/** One filter: its input channels beside each other, on one range around zero. */
import { useEffect, useRef } from 'react';
import { filterPixels } from '../../../views/training/filterPixels.ts';

export interface ShownFilter {
  /** [Cout, channels, height, width]. */
  readonly values: Float32Array;
  readonly index: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** 256 RGBA entries over -end..end. */
  readonly colours: Uint8Array;
  readonly end: number;
}

export function FilterCanvas({ values, index, channels, height, width, colours, end }: ShownFilter) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    for (let c = 0; c < channels; c++) {
      const start = (index * channels + c) * height * width;
      const rgba = filterPixels(values, start, height * width, end, colours);
      context?.putImageData(new ImageData(rgba, width, height), c * width, 0);
    }
  }, [values, index, channels, height, width, colours, end]);
  return (
    <span aria-hidden="true">
      <canvas ref={canvas} className="filter-canvas" width={channels * width} height={height} />
    </span>
  );
}
