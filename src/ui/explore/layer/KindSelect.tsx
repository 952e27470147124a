/**
 * Which kind of convolution the layer is, and whether it reads the photo. Explore's own is the standard one over the photo; the card of the
 * others says which bank they read.
 */
import { useTranslation } from 'react-i18next';
import { kindNames } from '../../../graph/layers/kinds.ts';
import { firstBank, newKind } from '../../../store/kind.ts';
import { Button } from '../../components/Button.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { useWorkspace } from '../../session.tsx';

export function KindSelect() {
  const { t } = useTranslation();
  const kind = useWorkspace((state) => state.workspace.kind);
  const setKind = useWorkspace((state) => state.setKind);
  const menu = (
    <SelectMenu
      label={t('layer.kind')}
      value={kind?.kind ?? 'standard'}
      options={kindNames.map((value) => ({ value, label: t(`layer.kinds.${value}`) }))}
      onChange={(next) => setKind(null, (now) => (next === 'standard' && !now?.bank ? null : newKind(next, now)))}
    />
  );
  if (kind) return menu;
  return (
    <div className="layer-kind">
      {menu}
      <Button
        size="small"
        title={t('layer.bankHint')}
        onClick={() => setKind(null, () => ({ ...newKind('standard'), bank: firstBank }))}
      >
        {t('layer.bank')}
      </Button>
    </div>
  );
}
