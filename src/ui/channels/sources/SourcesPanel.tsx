/** Whose channels are looked at, and on which images: the network with a strip for each layer, the images, and how far the work is. */
import { useTranslation } from 'react-i18next';
import { percent } from '../../../math/format.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useProblemWords } from '../../shell/problemWords.ts';
import { useChannels, useChannelsContext } from '../channels.tsx';
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
  const words = useProblemWords(problem);
  if (problem)
    return (
      <p role="alert" className="channels-problem">
        {words?.what} {words?.todo}
      </p>
    );
  if (!progress) return isStopped ? <p className="muted small">{t('progress.stopped')}</p> : null;
  return (
    <div className="channels-progress">
      <progress aria-label={t('progress.label')} value={progress.share} max={1} />
      <span className="muted small">
        {t(`progress.steps.${progress.step}`)} {percent(progress.share)}
      </span>
      <Button size="small" onClick={desk.stop}>
        {t('progress.stop')}
      </Button>
    </div>
  );
}
