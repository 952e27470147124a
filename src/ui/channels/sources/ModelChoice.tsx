/** The network whose channels are looked at. */
import { useTranslation } from 'react-i18next';
import { filterGroups, ninName } from '../../../formats/trained/samples.ts';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { useChangeChannels, useChannelsState, useLookAtChannels } from '../channels.tsx';

/** Names as their makers give them. */
const shipped = [
  { value: 'posenet', label: 'PoseNet' },
  { value: 'blazeface-front', label: 'BlazeFace' },
  { value: 'esrgan-slim-x2', label: 'ESRGAN-slim' },
] as const;

export function ModelChoice() {
  const { t } = useTranslation('channels');
  const { model } = useChannelsState();
  const change = useChangeChannels();
  const look = useLookAtChannels();
  return (
    <SelectMenu
      label={t('model.choose')}
      value={model}
      options={[
        { group: t('model.trained'), options: shipped },
        {
          group: t('model.nin'),
          options: filterGroups.flatMap((groups) => [
            { value: ninName(groups, true), label: t('model.ninTrained', { groups }) },
            { value: ninName(groups, false), label: t('model.ninUntrained', { groups }) },
          ]),
        },
        { group: t('model.own'), options: [{ value: 'network', label: t('model.network') }] },
      ]}
      onChange={(next: string) => {
        change(null, (state) => ({ ...state, model: next, removed: {}, merges: [] }));
        look({ layer: null, other: null, channel: 0, otherChannel: 0 });
      }}
    />
  );
}
