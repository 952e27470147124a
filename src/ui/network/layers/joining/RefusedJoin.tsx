/** Why two layers cannot be joined, at the place where that was tried: in words, with what both give, and in PyTorch's sentence. */
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { JoinRefusal } from '../../../../graph/network/joins.ts';
import { IconButton } from '../../../components/Button.tsx';
import { useReason } from '../../useReason.ts';

interface RefusedJoinProps {
  readonly refusal: JoinRefusal;
  readonly onDismiss: () => void;
}

export function RefusedJoin({ refusal, onDismiss }: RefusedJoinProps) {
  const { from, to, error, shapes } = refusal;
  const { t } = useTranslation('network');
  const reasonOf = useReason();
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another refusal may stand further down
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [refusal]);
  return (
    <div ref={box} className="refused-join">
      <p role="alert">
        <b>{t('layers.refused', { from, to })}</b> {reasonOf(error)}{' '}
        {shapes.length > 0 && (
          <span className="mono">
            {shapes.map(({ node, shape }) => `${node}: [${shape.join(',\u00a0')}]`).join('; ')}.{' '}
          </span>
        )}
        {/* No library has a sentence for a cycle. */}
        {shapes.length > 0 && (
          <q lang="en" className="mono">
            {error.message}
          </q>
        )}
      </p>
      <IconButton size="small" label={t('layers.dismiss')} icon={<X aria-hidden="true" />} onClick={onDismiss} />
    </div>
  );
}
