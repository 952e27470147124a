/**
 * Which kind of convolution the layer is, and whether it reads the photo. Explore's own is the standard one over the photo; the card of the
 * others says which bank they read.
 */
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { kindNames } from '../../../graph/layers/kinds.ts';
import { firstBank, newKind } from '../../../store/kind.ts';
import { Button } from '../../components/Button.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { useWorkspace } from '../../session.tsx';
import { handFocusOver, useTakenFocus } from './kindFocus.ts';

export function KindSelect() {
  const { t } = useTranslation();
  const kind = useWorkspace((state) => state.workspace.kind);
  const setKind = useWorkspace((state) => state.setKind);
  const frame = useRef<HTMLDivElement>(null);
  useTakenFocus(frame);
  return (
    <div ref={frame} className={kind ? undefined : 'layer-kind'}>
      <SelectMenu
        label={t('layer.kind')}
        value={kind?.kind ?? 'standard'}
        options={kindNames.map((value) => ({ value, label: t(`layer.kinds.${value}`) }))}
        onChange={(next) => {
          const chosen = next === 'standard' && !kind?.bank ? null : newKind(next, kind);
          if ((chosen === null) !== (kind === null)) handFocusOver();
          setKind(null, () => chosen);
        }}
      />
      {!kind && (
        <Button
          size="small"
          title={t('layer.bankHint')}
          onClick={() => {
            handFocusOver();
            setKind(null, () => ({ ...newKind('standard'), bank: firstBank }));
          }}
        >
          {t('layer.bank')}
        </Button>
      )}
    </div>
  );
}
