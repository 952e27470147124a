/** kernel_size, stride or dilation: one control for height and width together, or one for each. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { type ConvContext, conv2dAttributes } from '../../../operators/conv2d/limits.ts';
import { NumberSlider } from '../../components/NumberSlider.tsx';
import { ComponentLabel } from './ComponentLabel.tsx';
import { LinkToggle } from './LinkToggle.tsx';
import { attributeHint, commonRange, type PairAttribute, resets } from './ranges.ts';
import type { ConvChange } from './useLayer.ts';

export interface AttributeProps {
  readonly conv: Conv2d;
  readonly context: ConvContext;
  readonly change: (change: ConvChange) => void;
  /** True for a moment after the attribute had to move with another. */
  readonly hasMoved: boolean;
}

export function PairSliders({
  attribute,
  conv,
  context,
  change,
  hasMoved,
}: AttributeProps & { readonly attribute: PairAttribute }) {
  const { t } = useTranslation();
  const [wantsLink, setWantsLink] = useState(true);
  const [height, width] = conv[attribute];
  const isLinked = wantsLink && height === width;
  const name = conv2dAttributes[attribute].pytorch;
  const common = { resetValue: resets[attribute], hint: attributeHint(attribute, t(`layer.what.${name}`)) };

  const link = (linked: boolean) => {
    setWantsLink(linked);
    if (linked && height !== width) change({ [attribute]: [height, height] });
  };
  return (
    <div className="layer-row" data-moved={hasMoved}>
      <div className="layer-sliders" data-parts={!isLinked}>
        {isLinked ? (
          <NumberSlider
            {...common}
            {...commonRange(conv, [`${attribute}.h`, `${attribute}.w`], context)}
            name={name}
            value={height}
            onChange={(value) => change({ [attribute]: [value, value] })}
          />
        ) : (
          <>
            <NumberSlider
              {...common}
              {...commonRange(conv, [`${attribute}.h`], context)}
              name={`${name} height`}
              label={<ComponentLabel attribute={name} part="height" />}
              value={height}
              onChange={(value) => change({ [attribute]: [value, width] })}
            />
            <NumberSlider
              {...common}
              {...commonRange(conv, [`${attribute}.w`], context)}
              name={`${name} width`}
              label={<ComponentLabel attribute={name} part="width" />}
              value={width}
              onChange={(value) => change({ [attribute]: [height, value] })}
            />
          </>
        )}
      </div>
      <LinkToggle label={t('layer.link', { name })} isLinked={isLinked} onChange={link} />
    </div>
  );
}
