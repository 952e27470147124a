/** padding: one number for all four sides, each side by itself, or by name ('same', 'valid', 'full'). */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Padding } from '../../../operators/conv2d/attributes.ts';
import { resolvePadding } from '../../../operators/conv2d/index.ts';
import { NumberSlider } from '../../components/NumberSlider.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { ComponentLabel } from './ComponentLabel.tsx';
import { LinkToggle } from './LinkToggle.tsx';
import type { AttributeProps } from './PairSliders.tsx';
import { attributeHint, commonRange, resets, sides } from './ranges.ts';

const fields = sides.map((side) => `padding.${side}` as const);

export function PaddingSliders({ conv, context, change, hasMoved }: AttributeProps) {
  const { t } = useTranslation();
  const [wantsLink, setWantsLink] = useState(true);
  const padding = resolvePadding(conv);
  const isUniform = sides.every((side) => padding[side] === padding.top);
  const isLinked = wantsLink && isUniform;
  const common = { resetValue: resets.padding, hint: attributeHint('padding', t('layer.what.padding')) };
  const all = (value: number) => change({ padding: { top: value, bottom: value, left: value, right: value } });

  const link = (linked: boolean) => {
    setWantsLink(linked);
    if (linked && !isUniform) all(padding.top);
  };
  return (
    <div className="layer-row" data-moved={hasMoved}>
      <div className="layer-sliders" data-parts={!isLinked}>
        {isLinked ? (
          <NumberSlider
            {...common}
            {...commonRange(conv, fields, context)}
            name="padding"
            value={padding.top}
            onChange={all}
          />
        ) : (
          sides.map((side) => (
            <NumberSlider
              key={side}
              {...common}
              {...commonRange(conv, [`padding.${side}`], context)}
              name={`padding ${side}`}
              label={<ComponentLabel attribute="padding" part={side} />}
              value={padding[side]}
              onChange={(value) => change({ padding: { ...padding, [side]: value } })}
            />
          ))
        )}
        <PaddingByName conv={conv} change={change} />
      </div>
      <LinkToggle label={t('layer.linkSides')} isLinked={isLinked} onChange={link} />
    </div>
  );
}

type PaddingName = Extract<Padding, string> | 'number';

function PaddingByName({ conv, change }: Pick<AttributeProps, 'conv' | 'change'>) {
  const { t } = useTranslation();
  const isStrided = conv.stride.some((stride) => stride !== 1);
  const value: PaddingName = typeof conv.padding === 'string' ? conv.padding : 'number';
  return (
    <div className="layer-padding-name">
      <SegmentedControl<PaddingName>
        label={t('layer.paddingAs.label')}
        value={value}
        options={[
          { value: 'number', label: t('layer.paddingAs.number') },
          { value: 'same', label: 'same', hint: t('layer.paddingAs.sameHint'), disabled: isStrided },
          { value: 'valid', label: 'valid', hint: t('layer.paddingAs.validHint') },
          { value: 'full', label: 'full', hint: t('layer.paddingAs.fullHint') },
        ]}
        onChange={(name) => change({ padding: name === 'number' ? resolvePadding(conv) : name })}
      />
    </div>
  );
}
