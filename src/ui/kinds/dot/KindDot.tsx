/**
 * The arithmetic of the pinned unit of a kind: what each input channel adds, one of them tap by tap, and the sum. A layer of two sums shows
 * either; the first at the place and channel that the second is looked at.
 */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../engine/engine.ts';
import type { TermUnit } from '../../../graph/terms.ts';
import { stagesOf, unitBefore } from '../../../live/kinds/readTerms.ts';
import type { ExploredOutput, Output } from '../../../live/results.ts';
import { Panel } from '../../components/Panel.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { PlaybackControls } from '../../explore/dot/PlaybackControls.tsx';
import { usePointer, useResults } from '../../session.tsx';
import { ChannelSums } from './ChannelSums.tsx';
import { SliceTerms } from './SliceTerms.tsx';
import { SumLine } from './SumLine.tsx';
import { useTerms } from './useTerms.ts';
import '../../explore/dot/dot.css';

export function KindDot() {
  const { t } = useTranslation(['kinds', 'app']);
  const engine = useResults((state) => state.running);
  const output = useResults((state) => state.output);
  const pin = usePointer((state) => state.pin);
  const playback = usePointer((state) => state.playback.position);
  const kind = output?.kind;
  const [, channels, height, width] = output?.shape ?? [1, 1, 1, 1];
  const unit = useMemo<TermUnit | null>(() => {
    if (!pin) return null;
    const channel = Math.min(pin.channel, channels - 1);
    if (playback !== null)
      return { channel, y: Math.min(height - 1, Math.floor(playback / width)), x: playback % width };
    return { channel, y: Math.min(pin.y, height - 1), x: Math.min(pin.x, width - 1) };
  }, [pin, playback, channels, height, width]);
  const where = unit ? t('app:dot.where', { map: unit.channel, row: unit.y, column: unit.x }) : undefined;
  return (
    <Panel
      token="field"
      title={t('app:dot.title')}
      {...(where ? { meta: where } : {})}
      end={<PlaybackControls />}
      className="kind-dot"
    >
      {engine && output && kind && unit ? (
        <Stages key={kind.from === 'network' ? kind.node : kind.state.kind} {...{ engine, output, kind, unit }} />
      ) : (
        <p className="muted dot-empty">{t('app:dot.empty')}</p>
      )}
    </Panel>
  );
}

interface StagesProps {
  readonly engine: Engine;
  readonly output: Output;
  readonly kind: ExploredOutput;
  readonly unit: TermUnit;
}

function Stages({ engine, output, kind, unit }: StagesProps) {
  const { t } = useTranslation(['kinds', 'network']);
  const stages = useMemo(() => stagesOf(kind), [kind]);
  const last = stages.length - 1;
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = Math.min(chosen ?? last, last);
  // The input channel of the last sum that is looked at; null: the one that adds most.
  const [channel, setChannel] = useState<number | null>(null);
  const outer = useTerms(engine, output, stages[last], unit);
  const slices = outer?.terms.slices ?? [];
  const strongest = slices.reduce(
    (most, slice) => (Math.abs(slice.partial) > Math.abs(most?.partial ?? 0) ? slice : most),
    slices[0],
  );
  const outerChannel = slices.find((slice) => slice.channel === channel)?.channel ?? strongest?.channel ?? 0;
  const before = shown < last ? unitBefore(kind, stages, shown, unit, outerChannel) : null;
  const inner = useTerms(engine, output, stages[shown], before);
  const [innerChannel, setInnerChannel] = useState<number | null>(null);
  const read = shown === last ? outer : inner;
  const stage = stages[shown];
  // Pooling, norms and activations have no kernel.
  if (!stage) return <p className="muted dot-empty">{t('network:explore.noSum')}</p>;
  if (!read) return <p className="muted dot-empty">…</p>;
  const own = shown === last ? outerChannel : (innerChannel ?? read.terms.slices[0]?.channel ?? 0);
  const slice = read.terms.slices.find((each) => each.channel === own) ?? read.terms.slices[0];
  return (
    <>
      {stages.length > 1 && (
        <div className="kind-dot-stages">
          <SegmentedControl
            label={t('dot.stage')}
            value={String(shown)}
            options={stages.map(({ node }, i) => ({
              value: String(i),
              label: `${i + 1} · ${node.id.slice(node.id.indexOf('.') + 1)}`,
            }))}
            onChange={(next) => setChosen(Number(next))}
          />
          {before && (
            <span className="muted small">
              {t('dot.before', { channel: before.channel, row: before.y, column: before.x })}
            </span>
          )}
        </div>
      )}
      <div className="kind-dot-body">
        <ChannelSums terms={read.terms} chosen={own} onChoose={shown === last ? setChannel : setInnerChannel} />
        {slice && <SliceTerms terms={read.terms} slice={slice} operator={stage.node.operator.kind} />}
      </div>
      <SumLine
        terms={read.terms}
        activation={shown === last ? kind.activation : 'none'}
        {...(shown === last ? { engine, output, unit: read.unit } : {})}
      />
    </>
  );
}
