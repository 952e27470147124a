/** padding: one number for all four sides, each side by itself, or by name ('same', 'valid', 'full'). */
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resolvePadding } from '../../../operators/conv2d/index.ts';
import { AttributeSlider } from './AttributeSlider.tsx';
import type { Part } from './ComponentLabel.tsx';
import { LinkToggle } from './LinkToggle.tsx';
import { PaddingByName } from './PaddingByName.tsx';
import type { AttributeProps } from './PairSliders.tsx';
import { commonRange, sides } from './ranges.ts';

const fields = sides.map((side) => `padding.${side}` as const);

const allRound = (value: number) => ({ top: value, bottom: value, left: value, right: value });

export function PaddingSliders({ conv, context, change, hasMoved }: AttributeProps) {
  const { t } = useTranslation();
  const [wantsLink, setWantsLink] = useState(true);
  const padding = resolvePadding(conv);
  const isLinked = wantsLink && sides.every((side) => padding[side] === padding.top);

  const onValue = useCallback(
    (part: Part | null, value: number) =>
      change(
        (present) => ({ padding: part === null ? allRound(value) : { ...resolvePadding(present), [part]: value } }),
        part ?? 'all',
      ),
    [change],
  );
  const onLink = useCallback(
    (linked: boolean) => {
      setWantsLink(linked);
      if (!linked) return;
      // Joined at the top; padding by name that is the same all round stays a name.
      change((present) => {
        const { top, ...others } = resolvePadding(present);
        return Object.values(others).every((side) => side === top) ? {} : { padding: allRound(top) };
      }, 'link');
    },
    [change],
  );
  return (
    <div className="layer-row" data-moved={hasMoved}>
      <div className="layer-sliders" data-parts={!isLinked}>
        {isLinked ? (
          <AttributeSlider
            attribute="padding"
            part={null}
            value={padding.top}
            range={commonRange(conv, fields, context)}
            onValue={onValue}
          />
        ) : (
          sides.map((side) => (
            <AttributeSlider
              key={side}
              attribute="padding"
              part={side}
              value={padding[side]}
              range={commonRange(conv, [`padding.${side}`], context)}
              onValue={onValue}
            />
          ))
        )}
        <PaddingByName
          name={typeof conv.padding === 'string' ? conv.padding : 'number'}
          isStrided={conv.stride.some((stride) => stride !== 1)}
          change={change}
        />
      </div>
      <LinkToggle label={t('layer.linkSides')} isLinked={isLinked} onChange={onLink} />
    </div>
  );
}
