/**
 * The pinned output map as a mixture of input maps: under each other the input map, its weight and what it contributes; all contributions
 * and the response in one range, so that equal colours are equal values.
 */
import { type CSSProperties, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../../engine/engine.ts';
import type { KindOutput, Output } from '../../../../live/results.ts';
import { measured } from '../../../../math/format.ts';
import { activate } from '../../../../operators/activation/reference.ts';
import type { Unit } from '../../../../store/pointer.ts';
import { shortNumber } from '../../../../views/numbers.ts';
import { coloursFor } from '../../../explore/maps/mapsView.ts';
import type { Partials } from '../../../explore/maps/opened/partials.ts';
import { sumRange } from '../../../explore/maps/opened/sumRange.ts';
import { useFigurePainter } from '../../../explore/maps/opened/useFigurePainter.ts';
import { usePalette } from '../../../theme/usePalette.ts';
import type { Mixture } from './mixture.ts';

interface MixtureFigureProps {
  readonly engine: Engine;
  readonly output: Output;
  readonly kind: KindOutput;
  readonly partials: Partials | null;
  readonly mixture: Mixture;
  readonly unit: Unit;
}

export function MixtureFigure({ engine, output, kind, partials, mixture, unit }: MixtureFigureProps) {
  const { t } = useTranslation('kinds');
  const palette = usePalette();
  const { root, canvas, overlay, painter } = useFigurePainter(engine);
  const { channel } = unit;

  useEffect(() => {
    const [, , height, width] = output.shape;
    const source = output.parts[kind.source] ?? output.input;
    const own = { mode: 'per-map', percentiles: true, symmetric: true } as const;
    const channels = mixture.terms.map((term) => term.channel);
    const range = sumRange(partials, channel, 0, partials?.statistics.length ?? 0);
    const slots = channels.flatMap((c) => [
      [`input-${c}`, { tensor: source, channel: c, range: own }] as const,
      ...(partials ? [[`partial-${c}`, { tensor: partials.tensor, channel: c }] as const] : []),
    ]);
    painter.current?.show({
      maps: { ...Object.fromEntries(slots), response: { tensor: output.maps, channel } },
      ...{ range, colours: coloursFor('rdbu', palette, range), palette, channel, height, width },
    });
  }, [output, kind, partials, mixture, channel, palette, painter]);

  const { terms, rest, bias, sum } = mixture;
  const shape = { '--aspect': output.shape[3] / output.shape[2] } as CSSProperties;
  const response = activate(kind.activation)(sum.value);
  return (
    <div ref={root} className="mixture" style={shape}>
      <canvas ref={canvas} className="figure-canvas" role="img" aria-label={t('pointwise.figure', { channel })} />
      {terms.map(({ channel: c, weight, printed }) => (
        <figure key={c}>
          <figcaption className="mixture-input">{t('pointwise.input', { channel: c })}</figcaption>
          <div data-slot={`input-${c}`} />
          <p className="mixture-weight mono" title={String(weight)}>
            ×{shortNumber(weight)}
          </p>
          <div data-slot={`partial-${c}`} />
          <p className="mono" title={String(printed.value)}>
            {printed.text}
          </p>
        </figure>
      ))}
      <dl className="mixture-rest mono">
        {rest && (
          <>
            <dt>{t('pointwise.rest', { count: rest.count })}</dt>
            <dd title={String(rest.printed.value)}>{rest.printed.text}</dd>
          </>
        )}
        <dt>{t('pointwise.bias')}</dt>
        <dd title={String(bias.value)}>{bias.text}</dd>
      </dl>
      <figure className="mixture-response">
        <figcaption>{t('pointwise.output', { channel })}</figcaption>
        <div data-slot="response" />
        <p className="mono" title={String(sum.value)}>
          = {sum.text}
        </p>
        {kind.activation !== 'none' && (
          <p className="mono" title={String(response)}>
            {kind.activation} → {measured(response)}
          </p>
        )}
      </figure>
      <canvas ref={overlay} className="figure-canvas pointing" />
    </div>
  );
}
