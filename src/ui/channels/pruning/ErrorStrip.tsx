/** The relative error of every later layer, as columns over a logarithmic axis; a click shows the layer's maps. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LayerError } from '../../../live/channels/pruning/comparison.ts';
import { measured } from '../../../math/format.ts';
import { errorStrip } from '../../../views/channels/errorStrip.ts';
import { useLookAtChannels } from '../channels.tsx';
import { usePruning } from './pruning.tsx';

const size = { width: 340, height: 84 } as const;
/** Room for the axis and its words. */
const left = 40;

export function ErrorStrip({ errors }: { readonly errors: readonly LayerError[] }) {
  const { t } = useTranslation('channels');
  const look = useLookAtChannels();
  const shown = usePruning((results) => results.compared?.layer.node);
  const strip = useMemo(() => errorStrip(errors, size), [errors]);
  const sizeOf = ({ relative }: LayerError) => relative ?? Number.POSITIVE_INFINITY;
  const largest = errors.reduce((most, error) => (sizeOf(error) > sizeOf(most) ? error : most));
  const words = ({ relative }: LayerError) => (relative === null ? t('pruning.later.undefined') : measured(relative));
  const label = t('pruning.later.strip', { relative: words(largest), layer: largest.label });
  return (
    <figure className="prune-strip">
      <svg viewBox={`${-left} -6 ${left + size.width} ${size.height + 12}`} role="img" aria-label={label}>
        {strip.ticks.map(({ y, value }) => (
          <g key={value}>
            <path className="prune-tick" d={`M0 ${y}H${size.width}`} />
            <text x={-4} y={y + 3} textAnchor="end">
              {value === 1 ? '1' : `1e−${-Math.round(Math.log10(value))}`}
            </text>
          </g>
        ))}
        {strip.columns.map((column, i) => {
          const error = errors[i];
          if (!error) return null;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the menu above is the same choice for keys
            <g
              key={error.node}
              data-shown={error.node === shown || undefined}
              onClick={() => look({ later: error.node })}
            >
              <title>{t('pruning.later.column', { layer: error.label, relative: words(error) })}</title>
              <rect className="prune-hit" x={column.x} y={0} width={column.width} height={size.height} />
              <rect className="prune-error" x={column.x} y={column.y} width={column.width} height={column.height} />
            </g>
          );
        })}
      </svg>
      <figcaption className="small muted">{label}</figcaption>
    </figure>
  );
}
