/** What the figure computes on, in one line, and the stride of both layers with a window. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LayerWindow } from '../../../../graph/shift/threeLayers.ts';
import type { Pair } from '../../../../operators/operator.ts';
import { SegmentedControl } from '../../../components/SegmentedControl.tsx';
import type { Setup } from './useSetup.ts';

interface FootProps {
  readonly setup: Setup;
  /** One more sentence. */
  readonly more?: string | null;
  /** More controls. */
  readonly children?: ReactNode;
}

const strides = ['1', '2', '3'] as const;

const pairText = ([h, w]: Pair) => (h === w ? String(h) : `(${h}, ${w})`);

function paddingText({ top, bottom, left, right }: LayerWindow['padding']): string {
  return top === bottom && left === right ? pairText([top, left]) : `(${[top, bottom, left, right].join(', ')})`;
}

export function Foot({ setup, more, children }: FootProps) {
  const { t } = useTranslation('kinds');
  const { window, isNarrowed, photo, weights, setStride } = setup;
  const [, , h, w] = photo.shape;
  const { kernel, seed } = weights;
  const said = t('full.window', {
    kernel: window.kernelSize.join(' × '),
    stride: pairText(window.stride),
    padding: paddingText(window.padding),
    dilation: pairText(window.dilation),
  });
  const setting = t('full.setting', {
    ...{ w, h },
    window: isNarrowed ? t('full.windowNarrowed', { window: said }) : said,
    weights: kernel === 'random' ? t('full.random', { seed }) : t('full.named', { seed, kernel }),
  });
  return (
    <div className="full-foot">
      <p className="muted small">
        {setting} {more}
      </p>
      {children}
      <span className="pad-field small">
        <span aria-hidden="true">{t('full.stride')}</span>
        <SegmentedControl
          label={t('full.stride')}
          value={strides.find((each) => window.stride.every((s) => String(s) === each)) ?? null}
          options={strides.map((value) => ({ value, label: value }))}
          onChange={(value) => setStride([Number(value), Number(value)])}
        />
      </span>
    </div>
  );
}
