/** groups or out_channels: one number each. */
import { useCallback } from 'react';
import { AttributeSlider } from './AttributeSlider.tsx';
import type { Part } from './ComponentLabel.tsx';
import type { AttributeProps } from './PairSliders.tsx';
import { commonRange } from './ranges.ts';

interface ChannelSliderProps extends AttributeProps {
  readonly attribute: 'groups' | 'outChannels';
}

export function ChannelSlider({ attribute, conv, context, change, hasMoved }: ChannelSliderProps) {
  const onValue = useCallback(
    (_part: Part | null, value: number) => change(() => ({ [attribute]: value })),
    [attribute, change],
  );
  return (
    <div className="layer-row" data-moved={hasMoved}>
      <div className="layer-sliders">
        <AttributeSlider
          attribute={attribute}
          part={null}
          value={conv[attribute]}
          range={commonRange(conv, [attribute], context)}
          onValue={onValue}
        />
      </div>
    </div>
  );
}
