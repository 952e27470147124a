/**
 * Fully connected and locally connected layers beside the convolution: their weight matrices, what a moved photo does to their maps, and
 * which outputs notice an erased patch.
 */
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pair } from '../../../../operators/operator.ts';
import { Tabs, tabPanel } from '../../../components/Tabs.tsx';
import { useChangeAttributes } from '../../useKind.ts';
import type { FigureProps } from '../figure.ts';
import { ErasedTab } from './ErasedTab.tsx';
import './full.css';
import { MovedTab } from './MovedTab.tsx';
import { WiringTab } from './WiringTab.tsx';

const parts = { wiring: WiringTab, moved: MovedTab, erased: ErasedTab } as const;
const names = ['wiring', 'moved', 'erased'] as const satisfies readonly (keyof typeof parts)[];

export function FullFigure({ output, kind }: FigureProps) {
  const { t } = useTranslation('kinds');
  const change = useChangeAttributes();
  const [name, setName] = useState<keyof typeof parts>('wiring');
  const [picked, setPicked] = useState<Pair>([1, 1]);
  const id = useId();
  const Part = parts[name];
  // A locally connected card has a stride, a fully connected one none: then it is the figure's own.
  const hasStride = kind.state.kind === 'locally_connected';
  return (
    <div className="full-figure">
      <div className="full-head">
        <Tabs
          label={t('full.views')}
          tabs={names.map((value) => ({ value, label: t(`full.${value}.title`) }))}
          value={name}
          onChange={setName}
          idPrefix={id}
        />
        <p className="full-caption">{t(`full.${name}.caption`)}</p>
      </div>
      <div {...tabPanel(id, name)}>
        <Part
          picture={output.picture}
          kind={kind}
          stride={hasStride ? kind.attributes.stride : picked}
          setStride={hasStride ? (stride) => change(null, () => ({ stride })) : setPicked}
        />
      </div>
    </div>
  );
}
