/**
 * The slider of one number of the layer. It renders only when its own number or range changes: a drag of one slider moves one slider,
 * not all of them.
 */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { conv2dAttributes, type FieldRange } from '../../../operators/conv2d/limits.ts';
import { NumberSlider } from '../../components/NumberSlider.tsx';
import { ComponentLabel, type Part } from './ComponentLabel.tsx';
import { attributeHint, resets } from './ranges.ts';

export interface AttributeSliderProps {
  readonly attribute: keyof typeof resets;
  /** The component that it sets; null: the attribute as a whole. */
  readonly part: Part | null;
  readonly value: number;
  readonly range: FieldRange;
  readonly onValue: (part: Part | null, value: number) => void;
}

export const AttributeSlider = memo(function AttributeSlider(props: AttributeSliderProps) {
  const { attribute, part, value, range, onValue } = props;
  const { t } = useTranslation();
  const name = conv2dAttributes[attribute].pytorch;
  const naming =
    part === null ? { name } : { name: `${name} ${part}`, label: <ComponentLabel attribute={name} part={part} /> };
  return (
    <NumberSlider
      {...range}
      {...naming}
      value={value}
      resetValue={resets[attribute]}
      hint={attributeHint(attribute, t(`layer.what.${name}`))}
      onChange={(next) => onValue(part, next)}
    />
  );
}, isSame);

function isSame(a: AttributeSliderProps, b: AttributeSliderProps): boolean {
  return (
    a.attribute === b.attribute &&
    a.part === b.part &&
    a.value === b.value &&
    a.onValue === b.onValue &&
    JSON.stringify(a.range) === JSON.stringify(b.range)
  );
}
