/** How the photo becomes numbers: which channels, which range of values, and the ground behind transparent parts. */
import { useTranslation } from 'react-i18next';
import { type ChannelChoice, type ValueRange, valueRanges } from '../../../graph/input.ts';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { useResults, useWorkspace } from '../../session.tsx';

/** In sight; the rarer ones stand in the menu beside. */
const common = ['rgb', 'grey', 'r', 'g', 'b'] as const satisfies readonly ChannelChoice[];
const rare = ['grey-alpha', 'rgba'] as const satisfies readonly ChannelChoice[];
type Common = (typeof common)[number];
type Rare = (typeof rare)[number];

const isCommon = (choice: ChannelChoice): choice is Common => common.some((known) => known === choice);
const isRare = (choice: ChannelChoice): choice is Rare => rare.some((known) => known === choice);

export function NumbersRow() {
  const { t } = useTranslation();
  const channels = useWorkspace((state) => state.workspace.input.channels);
  const range = useWorkspace((state) => state.workspace.input.range);
  const setInput = useWorkspace((state) => state.setInput);
  return (
    <div className="numbers-rows">
      <div className="numbers-row">
        <SegmentedControl<Common>
          label={t('input.channels')}
          options={common.map((value) => ({
            value,
            label: t(`input.channel.${value}`),
            hint: t(`input.channelHint.${value}`),
          }))}
          value={isCommon(channels) ? channels : null}
          onChange={(next) => setInput({ channels: next })}
        />
        <SelectMenu<Rare>
          label={t('input.moreChannels')}
          placeholder="+α"
          options={rare.map((value) => ({ value, label: t(`input.channel.${value}`) }))}
          value={isRare(channels) ? channels : null}
          hint={t(`input.channelHint.${isRare(channels) ? channels : 'rgba'}`)}
          onChange={(next) => setInput({ channels: next })}
        />
        <Ground />
      </div>
      <SegmentedControl<ValueRange>
        label={t('input.range')}
        options={valueRanges.map((value) => ({
          value,
          label: t(`input.ranges.${value}`),
          hint: t(`input.rangeHint.${value}`),
        }))}
        value={range}
        onChange={(next) => setInput({ range: next })}
      />
    </div>
  );
}

/** Only where it shows: the photo has transparent parts, and alpha is no channel of its own. */
function Ground() {
  const { t } = useTranslation();
  const opaque = useResults((state) => state.picture?.opaque ?? true);
  const { ground, channels } = useWorkspace((state) => state.workspace.input);
  const setInput = useWorkspace((state) => state.setInput);
  if (opaque || isRare(channels)) return null;
  return (
    <label className="ground" title={t('input.groundHint')}>
      {t('input.ground')}
      <input type="color" value={ground} onChange={(event) => setInput({ ground: event.currentTarget.value })} />
    </label>
  );
}
