/** How near the linked zoom is, and the way back to the whole. */
import { Minimize } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { wholePicture } from '../../../views/zoom.ts';
import { Button } from '../../components/Button.tsx';
import { useWorkspace } from '../../session.tsx';

export function ZoomBadge() {
  const { t } = useTranslation();
  const scale = useWorkspace((state) => state.workspace.view.zoom.scale);
  const setView = useWorkspace((state) => state.setView);
  if (scale === 1) return null;
  return (
    <Button
      size="small"
      title={t('maps.zoomHint')}
      aria-label={`${t('maps.zoomed', { scale: scale.toFixed(1) })} ${t('maps.whole')}`}
      onClick={() => setView({ zoom: wholePicture })}
    >
      <Minimize size={13} aria-hidden="true" />
      <span className="mono">{t('maps.zoomed', { scale: scale.toFixed(1) })}</span>
      <span className="zoom-whole">{t('maps.whole')}</span>
    </Button>
  );
}
