/** How strong each connection is: for every convolution of a column one matrix, a row for an output channel, a column for an input channel. */
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { chainTo } from '../../graph/chain.ts';
import type { PlannedColumn } from '../../live/compare/plan.ts';
import { measured } from '../../math/format.ts';
import { parseRgb } from '../../views/colour/colourMaps.ts';
import { type SliceNorms, sliceNorms } from '../../views/connectivity/sliceNorms.ts';
import { usePalette } from '../theme/usePalette.ts';
import { useUnit } from './comparison.tsx';

interface SliceMatricesProps {
  readonly planned: PlannedColumn;
  readonly place: number;
}

export function SliceMatrices({ planned, place }: SliceMatricesProps) {
  const { t } = useTranslation('compare');
  const { channel } = useUnit();
  const { graph, output, parameters } = planned;
  const matrices = useMemo(
    () =>
      chainTo(graph, output).flatMap(({ id, operator }) => {
        const weight = parameters[id]?.weight;
        const norms = weight && sliceNorms(operator, weight);
        return norms ? [{ id, norms }] : [];
      }),
    [graph, output, parameters],
  );
  const largest = Math.max(0, ...matrices.map(({ norms }) => norms.largest));
  return (
    <figure className="slice-matrices" title={t('slicesHint')}>
      <div>
        {matrices.map(({ id, norms }, i) => (
          <Matrix
            key={id}
            norms={norms}
            label={t('slices', { number: place + 1, outputs: norms.outputs, inputs: norms.inputs })}
            chosen={i === matrices.length - 1 ? Math.min(channel, norms.outputs - 1) : null}
          />
        ))}
      </div>
      <figcaption className="muted mono">‖w‖ ≤ {measured(Number(largest.toPrecision(3)))}</figcaption>
    </figure>
  );
}

interface MatrixProps {
  readonly norms: SliceNorms;
  readonly label: string;
  /** The output that is framed. */
  readonly chosen: number | null;
}

function Matrix({ norms: { inputs, outputs, norms, largest }, label, chosen }: MatrixProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const cells = new ImageData(inputs, outputs);
    const [from, to] = [parseRgb(palette.soft), parseRgb(palette.weights)];
    for (const [i, norm] of norms.entries()) {
      const share = largest > 0 ? norm / largest : 0;
      for (const k of [0, 1, 2] as const) cells.data[4 * i + k] = from[k] + share * (to[k] - from[k]);
      cells.data[4 * i + 3] = 255;
    }
    context.putImageData(cells, 0, 0);
  }, [inputs, outputs, norms, largest, palette]);
  return (
    <span className="slice-matrix">
      <canvas ref={canvas} width={inputs} height={outputs} role="img" aria-label={label} />
      {chosen !== null && (
        <span style={{ top: `${(chosen / outputs) * 100}%`, height: `${Math.max(100 / outputs, 3)}%` }} />
      )}
    </span>
  );
}
