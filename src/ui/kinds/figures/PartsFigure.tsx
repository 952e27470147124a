/** The layer step by step: what it reads, and what each of its parts makes of it, with shapes and prices. */
import { useTranslation } from 'react-i18next';
import { costOf } from '../../../graph/cost.ts';
import { exactCount, siCount } from '../../../math/format.ts';
import { MapGrid } from '../../compare/MapGrid.tsx';
import { useWorkspace } from '../../session.tsx';
import type { FigureProps } from './figure.ts';

const mostMaps = 256;

export function PartsFigure({ engine, output, kind }: FigureProps) {
  const { t } = useTranslation('kinds');
  const zoom = useWorkspace((state) => state.workspace.view.zoom);
  const costs = costOf({ nodes: output.graph.nodes }, kind.shapes).nodes;
  // A flattened picture has a channel for every value: nothing to be seen.
  const isPicture = (id: string) => (output.parts[id]?.shape[1] ?? Number.POSITIVE_INFINITY) <= mostMaps;
  const parts = [kind.source, ...kind.nodes.map(({ id }) => id)].filter(isPicture);
  return (
    <ol className="parts-figure">
      {parts.map((id) => {
        const maps = output.parts[id]!;
        const [, channels, height, width] = maps.shape;
        const cost = costs[id];
        const operator = output.graph.nodes.find((node) => node.id === id)?.operator.kind ?? '';
        return (
          <li key={id}>
            <h3 className="mono">{id === kind.source ? t('parts.source') : id.slice(id.indexOf('.') + 1)}</h3>
            <p className="mono muted small">
              {channels} × {height} × {width}
            </p>
            <MapGrid
              engine={engine}
              maps={maps}
              zoom={zoom}
              label={t('parts.maps', {
                part: id === kind.source ? t('parts.source') : operator,
                channels,
                height,
                width,
              })}
            />
            {id !== kind.source && cost && cost.macs > 0 && (
              <p className="mono muted small">
                {t('parts.cost', { parameters: exactCount(cost.parameters), operations: siCount(cost.macs) })}
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}
