/** The network whose channels are looked at. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filterGroups, ninName } from '../../../formats/trained/samples.ts';
import { isRunModel, modelOfRun } from '../../../live/channels/runSubject.ts';
import type { NetworkOfRun } from '../../../live/train/trainedNetworks.ts';
import { measured } from '../../../math/format.ts';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { useSession } from '../../session.tsx';
import { useChangeChannels, useChannelsState, useLookAtChannels } from '../channels.tsx';
import { runsOf } from './runsOf.ts';

/** Names as their makers give them. */
const shipped = [
  { value: 'posenet', label: 'PoseNet' },
  { value: 'blazeface-front', label: 'BlazeFace' },
  { value: 'esrgan-slim-x2', label: 'ESRGAN-slim' },
] as const;

/** None until they are known, and where they cannot be. */
function useRuns(): readonly NetworkOfRun[] {
  const session = useSession();
  const [runs, setRuns] = useState<readonly NetworkOfRun[]>([]);
  useEffect(() => {
    let isGone = false;
    runsOf(session).then(
      (known) => !isGone && setRuns(known),
      // Whoever chooses one hears why it cannot be had.
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [session]);
  return runs;
}

export function ModelChoice() {
  const { t } = useTranslation('channels');
  const { model } = useChannelsState();
  const change = useChangeChannels();
  const look = useLookAtChannels();
  const runs = useRuns();
  const found = runs.map((run) => ({
    value: modelOfRun(run),
    label: t('model.run', { groups: run.variant.groups, width: measured(run.variant.width), step: run.step }),
  }));
  // A choice that came with a link is named before, and where, it is not found.
  const isKnown = !isRunModel(model) || found.some(({ value }) => value === model);
  const runOptions = isKnown ? found : [...found, { value: model, label: t('model.here') }];
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
        ...(runOptions.length > 0 ? [{ group: t('model.here'), options: runOptions }] : []),
        { group: t('model.own'), options: [{ value: 'network', label: t('model.network') }] },
      ]}
      onChange={(next: string) => {
        change(null, (state) => ({ ...state, model: next, removed: {}, merges: [] }));
        look({ layer: null, other: null, channel: 0, otherChannel: 0 });
      }}
    />
  );
}
