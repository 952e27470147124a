/** The values of two channels at sampled pixels against each other. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, Tensor } from '../../../engine/engine.ts';
import type { Looked } from '../../../live/channels/looked.ts';
import { type SampledPairs, samplePairs } from '../../../live/channels/sampledPairs.ts';
import { measured } from '../../../math/format.ts';
import { scatterPoints } from '../../../views/channels/scatter.ts';

interface ScatterProps {
  readonly engine: Engine;
  readonly first: Tensor;
  readonly second: Tensor;
  readonly row: number;
  readonly column: number;
  readonly looked: Looked;
}

const size = { width: 150, height: 96 } as const;
const mostPoints = 500;

export function Scatter({ engine, first, second, row, column, looked }: ScatterProps) {
  const { t } = useTranslation('channels');
  const [pairs, setPairs] = useState<SampledPairs | null>(null);
  useEffect(() => {
    let isWanted = true;
    // Maps that are freed meanwhile are about to be replaced, and a lost device is told by its keeper.
    samplePairs(engine, [first, row], [second, column], mostPoints).then(
      (found) => isWanted && setPairs(found),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [engine, first, second, row, column]);
  if (!pairs) return null;
  const { path, x, y } = scatterPoints(pairs, size);
  return (
    <figure className="pair-scatter">
      <svg
        viewBox={`-3 -3 ${size.width + 6} ${size.height + 6}`}
        role="img"
        aria-label={t('pair.scatter', { count: pairs.x.length })}
      >
        <rect width={size.width} height={size.height} />
        <path d={path} />
      </svg>
      <figcaption className="mono muted">
        <span>{measured(x[0])}</span>
        <span>
          {looked.layer.label} · {row}
        </span>
        <span>{measured(x[1])}</span>
      </figcaption>
      <span className="pair-scatter-y mono muted">
        {looked.other.label} · {column}: {measured(y[0])} – {measured(y[1])}
      </span>
    </figure>
  );
}
