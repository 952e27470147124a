/** Which kind of convolution the layer is. Explore's own, over the photo, is the standard one. */
import { useTranslation } from 'react-i18next';
import { kindNames } from '../../../graph/layers/kinds.ts';
import { newKind } from '../../../store/kind.ts';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { useWorkspace } from '../../session.tsx';

export function KindSelect() {
  const { t } = useTranslation();
  const kind = useWorkspace((state) => state.workspace.kind);
  const setKind = useWorkspace((state) => state.setKind);
  return (
    <SelectMenu
      label={t('layer.kind')}
      value={kind?.kind ?? 'standard'}
      options={kindNames.map((value) => ({ value, label: t(`layer.kinds.${value}`) }))}
      onChange={(next) => setKind(null, (now) => (next === 'standard' && !now?.bank ? null : newKind(next, now)))}
    />
  );
}
