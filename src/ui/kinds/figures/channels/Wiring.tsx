/**
 * The connectivity diagram at full size: a column of channels before and behind every layer, thumbnails of the maps at both ends, all
 * paths through the channel in focus. Pointing at a channel or going to it by arrow keys focuses it; a click or Enter pins its map.
 */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import type { Engine, Tensor } from '../../../../engine/engine.ts';
import { channelAt, type Layout } from '../../../../views/connectivity/layout.ts';
import type { DiagramChannel, PathsThrough } from '../../../../views/connectivity/through.ts';
import { Connections, Dots } from '../../../connectivity/Diagram.tsx';
import { engineKey } from '../../../explore/canvas/engineKey.ts';
import { useElementSize } from '../../../explore/canvas/useElementSize.ts';
import { usePalette } from '../../../theme/usePalette.ts';
import { mapsAtEnd, numberedChannels, thumbnails, type WiringPlace, wiringPlace } from './wiringPlace.ts';

interface WiringProps {
  readonly engine: Engine;
  /** The maps at both ends. */
  readonly inputs: Tensor;
  readonly outputs: Tensor;
  readonly layout: Layout;
  /** What each column is, above it. */
  readonly titles: readonly string[];
  readonly paths: PathsThrough;
  readonly focus: DiagramChannel;
  /** The diagram in words. */
  readonly label: string;
  readonly onPoint: (channel: DiagramChannel | null) => void;
  /** An output was chosen. */
  readonly onPick: (output: number) => void;
}

export function Wiring(props: WiringProps) {
  const { engine, inputs, outputs, layout, titles, paths, focus, label, onPoint, onPick } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useElementSize(frame);
  const palette = usePalette();
  const counts = layout.levels.map(({ channels }) => channels);
  const place = size && wiringPlace(size, [mapsAtEnd(inputs), mapsAtEnd(outputs)]);
  const last = counts.length - 1;

  useEffect(() => {
    const element = canvas.current;
    if (!element || !size) return;
    const at = wiringPlace(size, [mapsAtEnd(inputs), mapsAtEnd(outputs)]);
    const surface = engine.surface(element);
    const ratio = devicePixelRatio;
    element.width = Math.max(1, Math.round(size.width * ratio));
    element.height = Math.max(1, Math.round(size.height * ratio));
    surface.paint(thumbnails(at, { inputs, outputs }, palette, ratio));
    return () => surface.destroy();
  }, [engine, inputs, outputs, size, palette]);

  const channelUnder = (event: PointerEvent): DiagramChannel | null => {
    const box = frame.current?.getBoundingClientRect();
    if (!box || !place) return null;
    const across = (event.clientX - box.x - place.diagram.x) / place.diagram.width;
    const level = Math.min(last, Math.max(0, Math.round(across * last)));
    const down = (event.clientY - box.y - place.diagram.y) / place.diagram.height;
    return { level, channel: channelAt(down, counts[level] ?? 1) };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { level, channel } = focus;
    const to = (next: number, number: number) => {
      const count = counts[next] ?? 1;
      onPoint({ level: next, channel: Math.min(count - 1, Math.max(0, number)) });
    };
    const beside = (next: number) => to(next, Math.floor(((channel + 0.5) * counts[next]!) / counts[level]!));
    if (event.key === 'ArrowUp') to(level, channel - 1);
    else if (event.key === 'ArrowDown') to(level, channel + 1);
    else if (event.key === 'ArrowLeft') beside(Math.max(0, level - 1));
    else if (event.key === 'ArrowRight') beside(Math.min(last, level + 1));
    else if (event.key === 'Enter' && level === last) onPick(channel);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={frame}
      className="wiring"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the channels are gone through by arrow keys
      tabIndex={0}
      aria-label={label}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => onPoint(channelUnder(event))}
      onPointerLeave={() => onPoint(null)}
      onBlur={() => onPoint(null)}
      onPointerDown={(event) => {
        const under = channelUnder(event);
        if (under?.level === last) onPick(under.channel);
        else onPoint(under);
      }}
    >
      <canvas key={engineKey(engine)} ref={canvas} />
      {size && place && (
        <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
          <Connections of={layout.connections} frame={place.diagram} />
          <Connections of={paths.connections} frame={place.diagram} isLit />
          <Dots layout={layout} frame={place.diagram} lit={paths.levels} />
          <Numbers layout={layout} place={place} paths={paths} />
          {layout.levels.map(({ x }, level) => (
            <text
              key={x}
              className="wiring-title"
              x={level === 0 ? 0 : level === last ? size.width : place.diagram.x + x * place.diagram.width}
              y={10}
              textAnchor={level === 0 ? 'start' : level === last ? 'end' : 'middle'}
            >
              {titles[level]}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}

interface NumbersProps {
  readonly layout: Layout;
  readonly place: WiringPlace;
  readonly paths: PathsThrough;
}

/** The numbers of the channels beside the columns at both ends, as many as fit. */
function Numbers({ layout, place, paths }: NumbersProps) {
  const last = layout.levels.length - 1;
  const { x, y, width, height } = place.diagram;
  return (
    <>
      {[0, last].map((level) => {
        const count = layout.levels[level]?.channels ?? 1;
        return (
          <g key={level} className="wiring-numbers">
            {numberedChannels(count, height).map((channel) => (
              <text
                key={channel}
                x={level === 0 ? x - 7 : x + width + 7}
                y={y + ((channel + 0.5) / count) * height}
                textAnchor={level === 0 ? 'end' : 'start'}
                data-lit={paths.levels[level]?.some(({ lo, hi }) => lo <= channel && channel <= hi) || undefined}
              >
                {channel}
              </text>
            ))}
          </g>
        );
      })}
    </>
  );
}
