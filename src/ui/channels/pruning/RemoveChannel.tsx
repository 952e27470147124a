/** Takes the chosen channel out, or puts it back; where it cannot go, why. */
import { useTranslation } from 'react-i18next';
import type { SubjectLayer } from '../../../live/channels/layers.ts';
import { Button } from '../../components/Button.tsx';
import { useChoose, useGone, usePruning, useReasonWords } from './pruning.tsx';

interface RemoveChannelProps {
  readonly layer: SubjectLayer;
  readonly channel: number;
}

export function RemoveChannel({ layer, channel }: RemoveChannelProps) {
  const { t } = useTranslation('channels');
  const base = usePruning((results) => results.base);
  const gone = useGone(layer);
  const { toggle } = useChoose();
  const reasonOf = useReasonWords();
  const isAlong = gone?.along.has(channel) ?? false;
  const isGone = isAlong || (gone?.chosen.has(channel) ?? false);
  // A base of another network has no such layer.
  const whyNot =
    base?.subject.layers.includes(layer) === true ? base.classes.classOf(layer.node, channel).whyNot : null;
  return (
    <p className="prune-one small">
      <Button size="small" disabled={!base || (whyNot !== null && !isGone)} onClick={() => toggle(layer, channel)}>
        {t(isGone ? 'pruning.putBack' : 'pruning.remove')}
      </Button>{' '}
      {whyNot ? <span className="muted">{reasonOf(whyNot)}</span> : isAlong && t('pruning.along')}
    </p>
  );
}
