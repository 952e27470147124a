/** The 2-D slices that one term of the sum is made of: an input channel in grey (zoomed with the maps), a kernel slice in colour cells. */
import { type CSSProperties, useEffect, useRef } from 'react';
import { byteOf, channelCount } from '../../../../formats/image/tensor.ts';
import type { Picture } from '../../../../live/results.ts';
import type { InputState } from '../../../../store/workspace.ts';
import { colourOf, inkOn } from '../../../../views/colour/colourMaps.ts';
import { shortNumber } from '../../../../views/numbers.ts';
import { useWorkspace } from '../../../session.tsx';

export interface InputSliceProps {
  readonly picture: Picture;
  readonly input: InputState;
  readonly channel: number;
  readonly label: string;
}

export function InputSlice({ picture, input, channel, label }: InputSliceProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { width, height, values } = picture;
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || channelCount(input.channels) !== picture.channels) return;
    canvas.current.width = width;
    canvas.current.height = height;
    const image = new ImageData(width, height);
    const own = values.subarray(channel * width * height, (channel + 1) * width * height);
    own.forEach((value, i) => {
      image.data.fill(byteOf(value, input.channels, channel, input.range), 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    });
    context.putImageData(image, 0, 0);
  }, [picture, input.channels, input.range, channel]);
  const { scale, x, y } = useWorkspace((state) => state.workspace.view.zoom);
  const shape = { '--aspect': picture.width / picture.height } as CSSProperties;
  return (
    <div className="input-slice" style={shape} data-zoomed={scale > 1 || undefined}>
      <canvas
        ref={canvas}
        style={{ transform: `scale(${scale}) translate(${-100 * x}%, ${-100 * y}%)` }}
        role="img"
        aria-label={label}
      />
    </div>
  );
}

export interface KernelSliceProps {
  /** [kh, kw]. */
  readonly weights: Float32Array;
  readonly height: number;
  readonly width: number;
  /** The largest |w| of the filter: all its slices share one scale. */
  readonly largest: number;
  readonly colours: Uint8Array;
  readonly label: string;
}

const cell = 30;

/** −0.333 → −.333: a cell has no room for the zero. */
function weightText(weight: number): string {
  return shortNumber(weight).replace(/^(−?)0\./, '$1.');
}

/** Five letters leave some room to the next cell's. */
function letterSize(text: string): number {
  return Math.min(10, (cell - 3) / (0.6 * text.length));
}

export function KernelSlice({ weights, height, width, largest, colours, label }: KernelSliceProps) {
  const end = largest > 0 ? largest : 1;
  const hasNumbers = Math.max(height, width) <= 5;
  return (
    <svg className="kernel-slice" viewBox={`0 0 ${width * cell} ${height * cell}`} role="img" aria-label={label}>
      {Array.from(weights, (weight, i) => {
        const rgb = colourOf(colours, weight, { lo: -end, hi: end });
        const [x, y] = [(i % width) * cell, Math.floor(i / width) * cell];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
          <g key={i}>
            <rect x={x} y={y} width={cell} height={cell} fill={`rgb(${rgb.join(' ')})`}>
              <title>{weight}</title>
            </rect>
            {hasNumbers && (
              <text x={x + cell / 2} y={y + cell / 2} fill={inkOn(rgb)} fontSize={letterSize(weightText(weight))}>
                {weightText(weight)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
