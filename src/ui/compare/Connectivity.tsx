/** Which input channel feeds which output channel, with all paths to the pinned output on top. A click pins another output. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComputedColumn } from '../../live/compare/compareDesk.ts';
import {
  type Band,
  channelAt,
  channelY,
  type Layout,
  type Line,
  layoutOf,
  pathsTo,
} from '../../views/connectivity/layout.ts';
import { stagesTo } from '../../views/connectivity/stages.ts';
import { useComparisonContext, useUnit } from './comparison.tsx';

interface ConnectivityProps {
  readonly computed: ComputedColumn;
  readonly place: number;
}

/** The drawing's own units. */
const size = { width: 200, height: 80, margin: 6 } as const;
const x = (at: number) => size.margin + at * (size.width - 2 * size.margin);
const y = (at: number) => size.margin / 2 + at * (size.height - size.margin);

export function Connectivity({ computed, place }: ConnectivityProps) {
  const { t } = useTranslation('compare');
  const { unit: store } = useComparisonContext();
  const unit = useUnit();
  const { graph, maps, output } = computed;
  const { inputs, outputs } = { inputs: graph.nodes[0]!.operator, outputs: maps.shape[1] };
  const channels = inputs.kind === 'input' ? inputs.channels : 0;
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
          store.setState({ channel: channelAt((at - size.margin / 2) / (size.height - size.margin), outputs) });
        }}
      >
        <Connections of={layout.connections} className="connection" />
        <Connections of={paths.connections} className="connection lit" />
        <Dots layout={layout} lit={{ level: layout.levels.length - 1, channel }} />
      </svg>
      <figcaption className="muted">{reads}</figcaption>
    </figure>
  );
}

function Connections({ of, className }: { readonly of: readonly (Line | Band)[]; readonly className: string }) {
  return (
    <g className={className}>
      {of.map((each) =>
        each.kind === 'line' ? (
          <line key={keyOf(each)} x1={x(each.x0)} y1={y(each.y0)} x2={x(each.x1)} y2={y(each.y1)} />
        ) : (
          <path
            key={keyOf(each)}
            d={`M${x(each.x0)} ${y(each.from.lo)}L${x(each.x1)} ${y(each.to.lo)}V${y(each.to.hi)}L${x(each.x0)} ${y(each.from.hi)}Z`}
          />
        ),
      )}
    </g>
  );
}

function keyOf(each: Line | Band): string {
  return each.kind === 'line'
    ? `l${each.x0},${each.y0},${each.y1}`
    : `b${each.x0},${each.from.lo},${each.to.lo},${each.to.hi}`;
}

function Dots({
  layout,
  lit,
}: {
  readonly layout: Layout;
  readonly lit: { readonly level: number; readonly channel: number };
}) {
  return (
    <>
      {layout.levels.map(({ x: at, channels }, level) => (
        <g key={at} className={level === 0 ? 'dots-input' : 'dots-map'}>
          {Array.from({ length: channels }, (_, channel) => (
            <circle
              // biome-ignore lint/suspicious/noArrayIndexKey: a channel is its place
              key={channel}
              cx={x(at)}
              cy={y(channelY(channel, channels))}
              r={Math.min(2.6, 36 / channels)}
              data-lit={(level === lit.level && channel === lit.channel) || undefined}
            />
          ))}
        </g>
      ))}
    </>
  );
}
