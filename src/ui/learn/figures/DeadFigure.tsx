/** The channels of one layer of a trained network on the photo: dead by which rule. */
import '../../channels/channels.css';
import { useTranslation } from 'react-i18next';
import {
  ChannelsProvider,
  useChannels,
  useChannelsContext,
  useChannelsView,
  useLiveliness,
  useLooked,
} from '../../channels/channels.tsx';
import { ChannelsPanel } from '../../channels/layer/ChannelsPanel.tsx';
import { useRunningChannels } from '../../channels/useRunningChannels.ts';
import { WorkProgress } from '../../channels/WorkProgress.tsx';
import { useTell } from '../telling.tsx';

export function DeadFigure() {
  const channels = useRunningChannels();
  if (!channels) return null;
  return (
    <ChannelsProvider value={channels}>
      <Progress />
      <ChannelsPanel />
      <DeadTold />
    </ChannelsProvider>
  );
}

function Progress() {
  const { t } = useTranslation('channels');
  const { desk } = useChannelsContext();
  const progress = useChannels((state) => state.progress);
  const problem = useChannels((state) => state.problem);
  const shown = progress && { label: t(`progress.steps.${progress.step}`), share: progress.share };
  return <WorkProgress progress={shown} problem={problem} onStop={desk.stop} idle={null} />;
}

/** How many channels of the layer are dead by the rule that is chosen. */
function DeadTold() {
  const liveliness = useLiveliness();
  const looked = useLooked();
  const { rule } = useChannelsView();
  useTell(
    liveliness?.values && looked
      ? { rule, dead: liveliness.weak.size, of: looked.layer.outChannels, layer: looked.layer.label }
      : null,
  );
  return null;
}
