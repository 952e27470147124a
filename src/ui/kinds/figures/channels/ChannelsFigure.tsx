/**
 * Which input channel feeds which output channel, and how strongly: the diagram of the layer's connections, and beside it the matrix of
 * its kernels' sizes, whose blocks are the groups. Of a shuffled layer also what would be left without the shuffle.
 */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiagramChannel } from '../../../../views/connectivity/through.ts';
import { Toggle } from '../../../components/Toggle.tsx';
import type { FigureProps } from '../figure.ts';
import '../figure.css';
import type { Cell } from '../matrix/matrixDrawing.ts';
import { usePinChannel } from '../usePinChannel.ts';
import './channels.css';
import { matrixParts } from './channelParts.ts';
import { KernelMatrix } from './KernelMatrix.tsx';
import { useLook } from './useLook.ts';
import { useWiring } from './useWiring.ts';
import { Wiring } from './Wiring.tsx';

export function ChannelsFigure({ engine, output, kind }: FigureProps) {
  const { t } = useTranslation('kinds');
  const [at, setAt] = useState<DiagramChannel | null>(null);
  const [cell, setCell] = useState<Cell | null>(null);
  const [shuffles, setShuffles] = useState(true);
  const { unit, pinChannel } = usePinChannel(output);
  const shown = useWiring(kind, shuffles, at, unit.channel);
  const parts = useMemo(() => matrixParts(kind, output.parameters, shuffles), [kind, output.parameters, shuffles]);
  const look = useLook(kind, shown.wiring, shuffles);
  const inputs = output.parts[kind.source] ?? output.input;
  const isShuffled = kind.layer.kind === 'shuffled';
  return (
    <div className="figure-frame channels-figure">
      <div className="figure-look">
        <p aria-live="polite">{look}</p>
        {isShuffled && (
          <Toggle
            label={t('wiring.withoutShuffle')}
            checked={!shuffles}
            onChange={(without) => setShuffles(!without)}
          />
        )}
      </div>
      <div className="channels-body">
        <figure className="channels-wiring">
          <Wiring
            {...{ engine, inputs }}
            outputs={output.maps}
            layout={shown.layout}
            titles={shown.titles}
            paths={shown.paths}
            focus={shown.focus}
            label={t('wiring.diagram', {
              from: shown.wiring.channels,
              to: shown.wiring.outputs,
              sentence: shown.sentence,
            })}
            onPoint={(channel) => {
              setAt(channel);
              setCell(null);
            }}
            onPick={pinChannel}
          />
          <figcaption aria-live="polite">{shown.sentence}</figcaption>
        </figure>
        <KernelMatrix
          {...{ parts, cell }}
          focus={shown.focus}
          last={shown.last}
          pinned={unit.channel}
          onPoint={(next, channel) => {
            setCell(next);
            setAt(channel);
          }}
          onPick={pinChannel}
        />
      </div>
    </div>
  );
}
