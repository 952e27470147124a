/** Which input channel feeds which output channel, with all paths to the pinned output on top. A click pins another output. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { compareNodes } from '../../live/compare/comparison.ts';
import type { PlannedColumn } from '../../live/compare/plan.ts';
import { channelAt, layoutOf, pathsTo } from '../../views/connectivity/layout.ts';
import { stagesTo } from '../../views/connectivity/stages.ts';
import { Connections, type DiagramFrame, Dots } from '../connectivity/Diagram.tsx';
import { useComparisonContext, useUnit } from './comparison.tsx';

interface ConnectivityProps {
  readonly planned: PlannedColumn;
  readonly place: number;
}

/** The drawing's own units. */
const size = { width: 200, height: 80 } as const;
const frame: DiagramFrame = { x: 6, y: 3, width: 188, height: 74, dot: 2.6 };

export function Connectivity({ planned, place }: ConnectivityProps) {
  const { t } = useTranslation('compare');
  const { unit: store } = useComparisonContext();
  const unit = useUnit();
  const { graph, shapes, output } = planned;
  const [channels, outputs] = [shapes[compareNodes.bank]![1], shapes[output]![1]];
  const stages = useMemo(() => stagesTo(graph, output, channels), [graph, output, channels]);
  const layout = useMemo(() => stages && layoutOf(stages, channels), [stages, channels]);
  const channel = Math.min(unit.channel, outputs - 1);
  const paths = useMemo(() => stages && pathsTo(stages, channels, channel), [stages, channels, channel]);
  if (!layout || !paths) return null;
  const reads = t('reads', { channel, seen: paths.seen, of: paths.of });
  return (
    <figure className="connectivity">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the buttons of the maps pin an output by keyboard */}
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={t('diagram', { number: place + 1, from: channels, to: outputs, reads })}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const at = ((event.clientY - box.y) / box.height) * size.height;
          store.setState({ channel: channelAt((at - frame.y) / frame.height, outputs) });
        }}
      >
        <Connections of={layout.connections} frame={frame} />
        <Connections of={paths.connections} frame={frame} isLit />
        <Dots layout={layout} frame={frame} lit={paths.levels} />
      </svg>
      <figcaption className="muted">{reads}</figcaption>
    </figure>
  );
}
