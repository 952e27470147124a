/** A 1 x 1 layer: its wiring, its weights as a matrix [N, C], and the pinned output map as the mixture of input maps that it is. */

import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKernels } from '../../../../graph/channelKernels.ts';
import { valuesIn } from '../../../../graph/graph.ts';
import type { Conv2d } from '../../../../operators/conv2d/attributes.ts';
import type { DiagramChannel } from '../../../../views/connectivity/through.ts';
import { engineKey } from '../../../explore/canvas/engineKey.ts';
import { usePartials } from '../../../explore/maps/opened/partials.ts';
import '../../../explore/maps/opened/opened.css';
import '../channels/channels.css';
import { useWiring } from '../channels/useWiring.ts';
import { Wiring } from '../channels/Wiring.tsx';
import type { FigureProps } from '../figure.ts';
import '../figure.css';
import type { Cell } from '../matrix/matrixDrawing.ts';
import { usePinChannel } from '../usePinChannel.ts';
import { MixtureFigure } from './MixtureFigure.tsx';
import './pointwise.css';
import { measured } from '../../../../math/format.ts';
import { useMixture } from './useMixture.ts';
import { WeightMatrix } from './WeightMatrix.tsx';

export function PointwiseFigure(props: FigureProps) {
  const { kind } = props;
  const node = kind.nodes[0];
  if (node?.operator.kind !== 'conv2d') return null;
  return <Pointwise {...props} node={node.id} conv={node.operator} />;
}

interface PointwiseProps extends FigureProps {
  readonly node: string;
  readonly conv: Conv2d;
}

function Pointwise({ engine, output, kind, node, conv }: PointwiseProps) {
  const { t } = useTranslation('kinds');
  const [at, setAt] = useState<DiagramChannel | null>(null);
  const [cell, setCell] = useState<Cell | null>(null);
  const { unit, pinChannel } = usePinChannel(output);
  const shown = useWiring(kind, true, at, unit.channel);
  const values = valuesIn(output.parameters, node) ?? undefined;
  const kernels = useMemo(() => channelKernels(conv, values?.weight ?? new Float32Array(0)), [conv, values]);
  const { partials, status } = usePartials(engine, output, node, unit.channel);
  const mixture = useMixture(engine, partials, conv, values, unit);
  const { channels, outputs } = shown.wiring;
  return (
    <div className="figure-frame pointwise-figure">
      <p className="figure-look">{t('pointwise.look', { outputs, channels })}</p>
      <div className="pointwise-body">
        <figure className="channels-wiring">
          <Wiring
            engine={engine}
            inputs={output.parts[kind.source] ?? output.input}
            outputs={output.maps}
            layout={shown.layout}
            titles={shown.titles}
            paths={shown.paths}
            focus={shown.focus}
            label={t('wiring.diagram', { from: channels, to: outputs, sentence: shown.sentence })}
            onPoint={setAt}
            onPick={pinChannel}
          />
          <figcaption aria-live="polite">{shown.sentence}</figcaption>
        </figure>
        <WeightMatrix
          {...{ kernels, cell }}
          groups={conv.groups}
          focus={shown.focus}
          last={shown.last}
          pinned={unit.channel}
          onPoint={(next) => {
            setCell(next);
            setAt(next && { level: shown.last, channel: next.row });
          }}
          onPick={pinChannel}
        />
        <section className="pointwise-mixture" aria-label={t('pointwise.figure', { channel: unit.channel })}>
          {status === 'failed' && <p>{t('pointwise.failed')}</p>}
          {mixture ? (
            <>
              <MixtureFigure key={engineKey(engine)} {...{ engine, output, kind, partials, mixture, unit }} />
              <p className="pointwise-formula">
                {t('pointwise.formula', {
                  channel: unit.channel,
                  terms: mixture.terms
                    .map(({ channel, weight }) => `${measured(weight)} · ${t('pointwise.input', { channel })}`)
                    .join(' + ')
                    .replaceAll('+ −', '− '),
                  more: mixture.rest ? ' + …' : '',
                })}{' '}
                {t('pointwise.at', { row: unit.y, column: unit.x })}
              </p>
            </>
          ) : (
            status === 'computing' && <p className="muted">{t('pointwise.computing')}</p>
          )}
        </section>
      </div>
    </div>
  );
}
