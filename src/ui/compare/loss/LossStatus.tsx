/** What the layer reads, how far the fits are, and what went wrong. */
import { useTranslation } from 'react-i18next';
import { percent } from '../../../math/format.ts';
import { Button } from '../../components/Button.tsx';
import { useResults } from '../../session.tsx';
import { useLoss, useLossDesk } from './lossContext.tsx';

export function LossStatus() {
  const { t } = useTranslation('loss');
  const desk = useLossDesk();
  const progress = useLoss((state) => state.progress);
  const problem = useLoss((state) => state.problem);
  const isStopped = useLoss((state) => state.isStopped);
  return (
    <div className="loss-status">
      <p>
        <Reads />
      </p>
      {problem && (
        <p role="alert" className="loss-problem">
          {t(`problems.${problem.code}`, problem.values as { name: string; message: string })}
        </p>
      )}
      {progress && (
        <p className="loss-progress">
          <progress aria-label={t('by')} {...(progress.stage === 'layer' ? {} : { value: shareOf(progress) })} />
          <span>{wordsOf(t, progress)}</span>
          {progress.stage !== 'layer' && (
            <Button size="small" variant="quiet" onClick={desk.stop}>
              {t('stop')}
            </Button>
          )}
        </p>
      )}
      {isStopped && (
        <p className="loss-progress">
          <span>{t('stopped')}</span>
          <Button size="small" onClick={desk.resume}>
            {t('resume')}
          </Button>
        </p>
      )}
    </div>
  );
}

type Progress = NonNullable<ReturnType<ReturnType<typeof useLossDesk>['results']['getState']>['progress']>;

function shareOf(progress: Exclude<Progress, { readonly stage: 'layer' }>): number {
  return progress.stage === 'patches' ? progress.share : (progress.done + progress.share) / progress.of;
}

function wordsOf(t: ReturnType<typeof useTranslation<'loss'>>['t'], progress: Progress): string {
  switch (progress.stage) {
    case 'layer':
      return t('progress.layer');
    case 'patches':
      return t('progress.patches', { percent: percent(progress.share) });
    case 'fits':
      return t('progress.fits', {
        number: Math.min(progress.of, progress.done + 1),
        of: progress.of,
        percent: percent(progress.share),
      });
    default:
      return progress satisfies never;
  }
}

/** What the layer reads, in one sentence. */
function Reads() {
  const { t } = useTranslation('loss');
  const layer = useLoss((state) => state.layer);
  const picture = useResults((state) => state.picture);
  if (!layer || !picture) return t('waiting');
  const { name, fitted, photo } = layer;
  const [, channels, height, width] = fitted.inputShape;
  const size = { photoWidth: photo.width, photoHeight: photo.height };
  const smaller = photo.width < picture.width ? ` ${t('smaller')}` : '';
  if (name === 'explore') return t('reads.explore', size) + smaller;
  const network = t(`networks.${name.split('/')[0] as 'esrgan' | 'posenet' | 'blazeface' | 'face'}`);
  const isFirst = channels === 3;
  const note = name === 'esrgan/F_0' ? ` ${t('notes.linear')}` : '';
  return (
    (isFirst
      ? t('reads.first', { ...size, network })
      : t('reads.network', { ...size, network, channels, height, width })) +
    note +
    smaller
  );
}
