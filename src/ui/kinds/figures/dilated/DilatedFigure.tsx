/**
 * A dilated layer: its taps with their holes on the photo; and a stack of such layers, which with equal dilations never reads what lies
 * between. The first dilation is the layer's own.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { KindAttributes } from '../../../../graph/layers/kindAttributes.ts';
import { exactCount, percent } from '../../../../math/format.ts';
import { aboveLimits } from '../../../../store/kind.ts';
import { Button } from '../../../components/Button.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import { SegmentedControl } from '../../../components/SegmentedControl.tsx';
import { usePointer } from '../../../session.tsx';
import { useChangeAttributes, useChangeKind, useKind } from '../../useKind.ts';
import '../figure.css';
import type { FigureProps } from '../figure.ts';
import './dilated.css';
import { FieldCanvas } from './FieldCanvas.tsx';
import { dilatedStack, hybridDilations } from './stack.ts';

/** The layer's own dilation, with the padding with which the size of the maps stays. */
function keepingSize(
  dilation: number,
  { kernelSize: [kh, kw] }: KindAttributes,
): Pick<KindAttributes, 'dilation' | 'padding'> {
  const [h, w] = [dilation * (kh - 1), dilation * (kw - 1)];
  const padding = {
    top: Math.floor(h / 2),
    bottom: Math.ceil(h / 2),
    left: Math.floor(w / 2),
    right: Math.ceil(w / 2),
  };
  return { dilation: [dilation, dilation], padding };
}

export function DilatedFigure({ output, kind }: FigureProps) {
  const { t } = useTranslation('kinds');
  const change = useChangeAttributes();
  const pin = usePointer((state) => state.pin);
  const changeKind = useChangeKind();
  const { above } = useKind();
  const conv = kind.layer.kind === 'standard' ? kind.layer.conv : null;
  const [, , height, width] = output.shape;
  const [y, x] = [Math.min(pin?.y ?? 0, height - 1), Math.min(pin?.x ?? 0, width - 1)];
  const stack = useMemo(() => conv && dilatedStack(conv, above, { y, x }), [conv, above, y, x]);
  if (!conv || !stack) return null;
  const { gridding, warning } = stack;
  const own = conv.dilation[0];
  const dilations = [own, ...above];
  const layers = dilations.length;
  const setAbove = (next: readonly number[]) => changeKind('stack', (now) => ({ ...now, above: next }));
  const setOwn = (dilation: number) => change('dilation/stack', (now) => keepingSize(dilation, now));
  const setAll = ([first = 1, ...rest]: readonly number[]) =>
    changeKind(null, (now) => ({
      ...now,
      above: rest,
      attributes: { ...now.attributes, ...keepingSize(first, now.attributes) },
    }));
  const remedy = hybridDilations(layers, conv.kernelSize);
  const field = { h: gridding.h.field, w: gridding.w.field };
  const seen = {
    read: exactCount(gridding.read),
    box: exactCount(gridding.box),
    share: percent(gridding.read / gridding.box),
  };
  const sentence =
    layers === 1
      ? t('dilated.one', { kernel: conv.kernelSize.join(' × '), dilation: own, ...field })
      : warning === null
        ? t('dilated.whole', { layers, ...field })
        : warning.kind === 'common-factor'
          ? t('dilated.grid', { factor: warning.factor })
          : t('dilated.gaps');
  return (
    <div className="figure-frame dilated-figure">
      <p className="figure-look" aria-live="polite">
        {sentence}
      </p>
      <div className="dilated-body">
        <figure>
          <FieldCanvas picture={output.picture} stack={stack} label={t('dilated.figure', { ...field, ...seen })} />
          <figcaption className="muted small">{t('dilated.legend', { row: y, column: x })}</figcaption>
        </figure>
        <section className="dilated-side">
          <div className="dilated-row">
            <span>{t('dilated.layers')}</span>
            <SegmentedControl
              label={t('dilated.layers')}
              value={String(layers)}
              options={Array.from({ length: aboveLimits.layers + 1 }, (_, i) => ({
                value: String(i + 1),
                label: String(i + 1),
              }))}
              onChange={(count) => setAbove(Array.from({ length: Number(count) - 1 }, (_, i) => above[i] ?? own))}
            />
          </div>
          <div className="dilated-row">
            <span className="mono">dilation</span>
            {dilations.map((dilation, i) => (
              <NumberField
                // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place
                key={i}
                name={t('dilated.of', { layer: i + 1 })}
                min={1}
                max={i === 0 ? 8 : aboveLimits.dilation}
                value={dilation}
                onChange={(next) =>
                  i === 0 ? setOwn(next) : setAbove(above.map((each, at) => (at === i - 1 ? next : each)))
                }
              />
            ))}
          </div>
          <dl className="dilated-numbers">
            <dt>{t('dilated.field')}</dt>
            <dd className="mono">
              {field.h} × {field.w}
            </dd>
            <dt>{t('dilated.read')}</dt>
            <dd className="mono">{t('dilated.readOf', seen)}</dd>
            <dt>{t('dilated.weights')}</dt>
            <dd className="mono">
              {t('dilated.against', { own: exactCount(stack.weights), dense: exactCount(stack.denseWeights) })}
            </dd>
          </dl>
          {layers > 1 && (
            <div className="dilated-row">
              <Button size="small" onClick={() => setAll(remedy)}>
                {t('dilated.hybrid', { dilations: remedy.join(', ') })}
              </Button>
              <Button size="small" onClick={() => setAll(Array.from({ length: layers }, () => 2))}>
                {t('dilated.equal', { dilations: Array.from({ length: layers }, () => 2).join(', ') })}
              </Button>
            </div>
          )}
          {stack.hdc && (
            <p className="muted small">
              {t(stack.hdc.isKept ? 'dilated.kept' : 'dilated.broken', {
                distance: stack.hdc.distance,
                allowed: stack.hdc.allowed,
              })}
            </p>
          )}
        </section>
      </div>
    </div>
  );
}
