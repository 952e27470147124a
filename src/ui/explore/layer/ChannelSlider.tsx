/** groups or out_channels: one number each. */
import { useTranslation } from 'react-i18next';
import { conv2dAttributes } from '../../../operators/conv2d/limits.ts';
import { NumberSlider } from '../../components/NumberSlider.tsx';
import type { AttributeProps } from './PairSliders.tsx';
import { attributeHint, commonRange, resets } from './ranges.ts';

export function ChannelSlider({
  attribute,
  conv,
  context,
  change,
  hasMoved,
}: AttributeProps & { readonly attribute: 'groups' | 'outChannels' }) {
  const { t } = useTranslation();
  const name = conv2dAttributes[attribute].pytorch;
  return (
    <div className="layer-row" data-moved={hasMoved}>
      <div className="layer-sliders">
        <NumberSlider
          {...commonRange(conv, [attribute], context)}
          name={name}
          value={conv[attribute]}
          resetValue={resets[attribute]}
          hint={attributeHint(attribute, t(`layer.what.${name}`))}
          onChange={(value) => change({ [attribute]: value })}
        />
      </div>
    </div>
  );
}
