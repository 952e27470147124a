/**
 * The linear combination over all input channels, made visible: for each channel its 2-D slice, its kernel slice and its partial map;
 * then their sum with the bias, and the map after the activation. All sums share one range, so that equal colours are equal values.
 */

import { type CSSProperties, type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../../engine/engine.ts';
import { activationAfter, channelsReadBy, convOf } from '../../../../graph/explore.ts';
import { valuesIn } from '../../../../graph/graph.ts';
import type { Output } from '../../../../live/results.ts';
import { measured } from '../../../../math/format.ts';
import type { Palette } from '../../../../views/palette.ts';
import { useWorkspace } from '../../../session.tsx';
import { useChannelName } from '../../dot/useChannelName.ts';
import { coloursFor } from '../mapsView.ts';
import type { Partials } from './partials.ts';
import { InputSlice, KernelSlice } from './slices.tsx';
import { sumRange } from './sumRange.ts';
import { useFigurePainter } from './useFigurePainter.ts';

export interface SumFigureProps {
  readonly engine: Engine;
  readonly output: Output;
  readonly channel: number;
  readonly partials: Partials | null;
  readonly palette: Palette;
  readonly name: string;
  /** Stands under the response map. */
  readonly children: ReactNode;
}

export function SumFigure({ engine, output, channel, partials, palette, name, children }: SumFigureProps) {
  const { t } = useTranslation();
  const channelName = useChannelName();
  const focus = useWorkspace((state) => state.workspace.focus);
  const input = useWorkspace((state) => state.workspace.input);
  const { root, canvas, overlay, painter } = useFigurePainter(engine);

  const conv = convOf(output.graph, focus);
  const { first, count } = channelsReadBy(conv, channel);
  const range = useMemo(() => sumRange(partials, channel, first, count), [partials, channel, first, count]);
  const colours = coloursFor('rdbu', palette, range);

  useEffect(() => {
    const [, , height, width] = output.shape;
    const fits = partials?.tensor.shape[2] === height && partials.tensor.shape[3] === width;
    const terms = Array.from({ length: fits ? count : 0 }, (_, i) => first + i);
    const maps = Object.fromEntries(
      terms.flatMap((c) => (partials ? [[`partial-${c}`, { tensor: partials.tensor, channel: c }]] : [])),
    );
    painter.current?.show({
      maps: {
        ...maps,
        ...(output.linear ? { total: { tensor: output.linear, channel } } : {}),
        response: { tensor: output.maps, channel },
      },
      ...{ range, colours, palette, channel, height, width },
    });
  }, [partials, output, channel, first, count, range, colours, palette, painter]);

  const [kh, kw] = conv.kernelSize;
  const values = valuesIn(output.parameters, focus);
  const filter = values?.weight.subarray(channel * count * kh * kw, (channel + 1) * count * kh * kw);
  const largest = filter?.reduce((most, w) => Math.max(most, Math.abs(w)), 0) ?? 0;
  const activation = activationAfter(output.graph, focus);
  const shape = { '--aspect': output.shape[3] / output.shape[2] } as CSSProperties;
  return (
    <div ref={root} className="sum-figure">
      <canvas
        ref={canvas}
        className="figure-canvas"
        role="img"
        aria-label={t('maps.opened.figure', { name, channels: count })}
      />
      <div className="sum-terms">
        {Array.from({ length: count }, (_, i) => {
          const c = first + i;
          const letter = channelName(c);
          return (
            <div key={c} className="sum-term">
              <figure>
                <InputSlice
                  picture={output.picture}
                  input={input}
                  channel={c}
                  label={t('maps.opened.input', { channel: letter })}
                />
                <figcaption className="of-input">{t('maps.opened.input', { channel: letter })}</figcaption>
              </figure>
              <span aria-hidden="true">∗</span>
              <figure>
                {filter && (
                  <KernelSlice
                    weights={filter.subarray(i * kh * kw, (i + 1) * kh * kw)}
                    height={kh}
                    width={kw}
                    {...{
                      largest,
                      colours: coloursFor('rdbu', palette, { mode: 'per-layer', percentiles: false, symmetric: true }),
                    }}
                    label={`${t('maps.opened.kernel')} ${letter}`}
                  />
                )}
                <figcaption className="of-weights">{t('maps.opened.kernel')}</figcaption>
              </figure>
              <span aria-hidden="true">=</span>
              <figure>
                <div data-slot={`partial-${c}`} style={shape} />
                <figcaption>{t('maps.opened.partial')}</figcaption>
              </figure>
            </div>
          );
        })}
        <div className="sum-term sum-total">
          <p>
            Σ + {t('maps.opened.bias')} <b className="of-weights mono">{measured(values?.bias?.[channel] ?? 0)}</b>
          </p>
          <span aria-hidden="true">=</span>
          <figure>
            <div data-slot="total" style={shape} />
            <figcaption>{t('maps.opened.total')}</figcaption>
          </figure>
        </div>
      </div>
      <div className="sum-response">
        <figure>
          <div data-slot="response" style={shape} />
          <figcaption>
            {activation === 'none' ? t('maps.opened.noActivation') : t('maps.opened.after', { activation })}
          </figcaption>
        </figure>
        {children}
      </div>
      <canvas ref={overlay} className="figure-canvas pointing" />
    </div>
  );
}
