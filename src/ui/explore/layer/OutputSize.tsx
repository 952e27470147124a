/** The output size worked out with the layer's own numbers, floor included, and what the floor leaves unread. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { windowOf } from '../../../operators/conv2d/index.ts';
import type { Axis } from '../../../operators/operator.ts';
import { useResults } from '../../session.tsx';
import { type SizeTermKind, type WorkedSize, workOutSize } from './outputSizeTerms.ts';
import { useConv, useConvContext } from './useLayer.ts';

const toneOf: Readonly<Record<SizeTermKind, string>> = {
  input: 'term-input',
  padding: 'term-plain',
  dilation: 'term-weights',
  kernel: 'term-weights',
  stride: 'term-plain',
  output: 'term-output',
};

export function OutputSize() {
  const { t } = useTranslation();
  const conv = useConv();
  const hasPicture = useResults(({ picture }) => picture !== null);
  const [height, width] = useConvContext().inputSize;
  const worked = useMemo(
    () => ({ h: workOutSize(windowOf(conv, 'h', height)), w: workOutSize(windowOf(conv, 'w', width)) }),
    [conv, height, width],
  );
  if (!hasPicture) return null;
  return (
    <section className="layer-size" aria-label={t('layer.size.label')}>
      <SizeLine axis="h" worked={worked.h} />
      <SizeLine axis="w" worked={worked.w} />
    </section>
  );
}

function SizeLine({ axis, worked }: { readonly axis: Axis; readonly worked: WorkedSize }) {
  const { t } = useTranslation();
  return (
    <div className="layer-size-line">
      <span className="layer-size-axis">{t(axis === 'h' ? 'layer.size.height' : 'layer.size.width')}</span>
      <span className="layer-size-formula mono">
        {worked.terms.map((term, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the terms of the formula keep their places
            key={index}
            className={term.kind && toneOf[term.kind]}
            title={term.kind && t(`layer.size.${term.kind}`)}
          >
            {term.text}
          </span>
        ))}
      </span>
      {worked.dropped > 0 ? <Dropped axis={axis} worked={worked} /> : null}
    </div>
  );
}

function Dropped({ axis, worked }: { readonly axis: Axis; readonly worked: WorkedSize }) {
  const { t } = useTranslation();
  const { dropped, droppedPhoto } = worked;
  const where = () => {
    if (droppedPhoto === 0) return t('layer.size.onlyPadding');
    if (droppedPhoto === dropped) return t('layer.size.onPhoto');
    return t('layer.size.ofThemPadding', { padding: dropped - droppedPhoto, photo: droppedPhoto });
  };
  return (
    <span className="layer-size-dropped">
      {t(axis === 'h' ? 'layer.size.droppedRows' : 'layer.size.droppedColumns', { count: dropped })} {where()}
    </span>
  );
}
