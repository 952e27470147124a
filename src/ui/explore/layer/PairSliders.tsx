/** kernel_size, stride or dilation: one control for height and width together, or one for each. */
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { type ConvContext, conv2dAttributes } from '../../../operators/conv2d/limits.ts';
import { AttributeSlider } from './AttributeSlider.tsx';
import type { Part } from './ComponentLabel.tsx';
import { LinkToggle } from './LinkToggle.tsx';
import { commonRange, type PairAttribute } from './ranges.ts';
import type { ChangeConv } from './useLayer.ts';

export interface AttributeProps {
  readonly conv: Conv2d;
  readonly context: ConvContext;
  readonly change: ChangeConv;
  /** True for a moment after the attribute had to move with another. */
  readonly hasMoved: boolean;
}

interface PairSlidersProps extends AttributeProps {
  readonly attribute: PairAttribute;
}

export function PairSliders({ attribute, conv, context, change, hasMoved }: PairSlidersProps) {
  const { t } = useTranslation();
  const [wantsLink, setWantsLink] = useState(true);
  const [height, width] = conv[attribute];
  const isLinked = wantsLink && height === width;

  const onValue = useCallback(
    (part: Part | null, value: number) =>
      change((present) => {
        const [h, w] = present[attribute];
        return { [attribute]: [part === 'width' ? h : value, part === 'height' ? w : value] };
      }, part ?? 'both'),
    [attribute, change],
  );
  const onLink = useCallback(
    (linked: boolean) => {
      setWantsLink(linked);
      // Joined at the height.
      if (linked) change((present) => ({ [attribute]: [present[attribute][0], present[attribute][0]] }), 'link');
    },
    [attribute, change],
  );
  const common = { attribute, onValue };
  return (
    <div className="layer-row" data-moved={hasMoved}>
      <div className="layer-sliders" data-parts={!isLinked}>
        {isLinked ? (
          <AttributeSlider
            {...common}
            part={null}
            value={height}
            range={commonRange(conv, [`${attribute}.h`, `${attribute}.w`], context)}
          />
        ) : (
          <>
            <AttributeSlider
              {...common}
              part="height"
              value={height}
              range={commonRange(conv, [`${attribute}.h`], context)}
            />
            <AttributeSlider
              {...common}
              part="width"
              value={width}
              range={commonRange(conv, [`${attribute}.w`], context)}
            />
          </>
        )}
      </div>
      <LinkToggle
        label={t('layer.link', { name: conv2dAttributes[attribute].pytorch })}
        isLinked={isLinked}
        onChange={onLink}
      />
    </div>
  );
}
