/** Whose channels are looked at, and on which images: the network with a strip for each layer, the images, and how far the work is. */
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/Panel.tsx';
import { useChannels, useChannelsContext } from '../channels.tsx';
import { WorkProgress } from '../WorkProgress.tsx';
import { ImageSize } from './ImageSize.tsx';
import { Images } from './Images.tsx';
import { LayerStrips } from './LayerStrips.tsx';
import { ModelChoice } from './ModelChoice.tsx';

export function SourcesPanel() {
  const { t } = useTranslation('channels');
  const pictures = useChannels((state) => state.pictures);
  const first = pictures[0];
  return (
    <div className="channels-sources">
      <Panel
        token="input"
        title={t('images.title')}
        meta={first ? `${pictures.length} × ${first.channels} × ${first.height} × ${first.width}` : ''}
      >
        <Images />
        <ImageSize />
        <Progress />
      </Panel>
      <Panel token="weights" title={t('model.title')} end={<ModelChoice />} className="channels-network">
        <LayerStrips />
      </Panel>
    </div>
  );
}

function Progress() {
  const { t } = useTranslation('channels');
  const { desk } = useChannelsContext();
  const progress = useChannels((state) => state.progress);
  const problem = useChannels((state) => state.problem);
  const isStopped = useChannels((state) => state.isStopped);
  const shown = progress && { label: t(`progress.steps.${progress.step}`), share: progress.share };
  const idle = isStopped && <p className="muted small">{t('progress.stopped')}</p>;
  return <WorkProgress progress={shown} problem={problem} onStop={desk.stop} idle={idle} />;
}
