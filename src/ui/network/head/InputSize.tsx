/** How large the picture is that the network reads: any size that the photo has, and the one that networks are trained on at once. */
import { useTranslation } from 'react-i18next';
import { longestInput } from '../../../live/network/networkPicture.ts';
import { paceOf } from '../../../live/network/pace.ts';
import { networkSizes } from '../../../store/network.ts';
import { Button } from '../../components/Button.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { useResults, useWorkspace } from '../../session.tsx';
import { useNetwork, usePlan } from '../network.tsx';

/** torchvision's: the square in the middle, 224 pixels wide. */
const trained = { size: 224, crop: 'square' } as const;

export function InputSize() {
  const { t } = useTranslation('network');
  const { size, crop } = useWorkspace((state) => state.workspace.network.input);
  const setNetwork = useWorkspace((state) => state.setNetwork);
  const plan = usePlan();
  const picture = plan?.unmoved;
  const longer = picture ? Math.max(picture.height, picture.width) : null;
  const isTrained = crop === trained.crop && longer === trained.size;
  return (
    <span className="network-choice">
      <span aria-hidden="true">{t('head.size')}</span>
      <NumberField
        name={t('head.size')}
        {...networkSizes}
        value={longer ?? size ?? trained.size}
        onChange={(next) => setNetwork('size', (now) => ({ ...now, input: { ...now.input, size: next } }))}
      />
      <span className="muted" aria-hidden="true">
        px
      </span>
      <Button
        size="small"
        title={t('head.trainedHint')}
        aria-pressed={isTrained}
        onClick={() => setNetwork(null, (now) => ({ ...now, input: trained }))}
      >
        {t('head.trained', { size: trained.size })}
      </Button>
      <Remark />
    </span>
  );
}

/** Why the picture is smaller than was asked for, or than a network is trained on. */
function Remark() {
  const { t } = useTranslation('network');
  const { size, crop } = useWorkspace((state) => state.workspace.network.input);
  const chosen = useWorkspace((state) => state.workspace.input.workingSize);
  const isOnItsWay = useResults((state) => state.pictureBusy);
  const plan = usePlan();
  const engine = useNetwork((state) => state.engine);
  if (!plan) return null;
  const longer = Math.max(plan.unmoved.height, plan.unmoved.width);
  if (size === null)
    return engine && paceOf(engine) === 'software' ? <span className="muted">{t('head.software')}</span> : null;
  if (size <= longer || isOnItsWay) return null;
  const isWhole = longestInput(plan.photo, crop, null) <= longer;
  return (
    <span className="muted">{t(isWhole || chosen === null ? 'head.whole' : 'head.capped', { side: longer })}</span>
  );
}
