/** How large the photo is computed: a slider from 16 pixels to its own size, and the true size, always written. */
import { useTranslation } from 'react-i18next';
import { longestSide } from '../../../formats/image/photo.ts';
import { NumberSlider } from '../../components/NumberSlider.tsx';
import { useResults, useWorkspace } from '../../session.tsx';
import { useDragStep } from '../layer/useDragStep.ts';

const smallest = 16;

export function WorkingSize() {
  const { t } = useTranslation();
  const picture = useResults((state) => state.picture);
  const chosen = useWorkspace((state) => state.workspace.input.workingSize);
  const setInput = useWorkspace((state) => state.setInput);
  const startDrag = useDragStep();
  if (!picture) return null;

  const { width, height, fullWidth, fullHeight } = picture;
  const own = Math.min(Math.max(fullWidth, fullHeight), longestSide);
  const least = Math.min(smallest, own);
  const value = Math.min(Math.max(chosen ?? Math.max(width, height), least), own);
  const isOwn = width === fullWidth && height === fullHeight;
  return (
    <div className="working-size" onPointerDownCapture={startDrag}>
      <NumberSlider
        name={t('input.workingSize')}
        label={t('input.workingSize')}
        hint={{ text: `${t('input.workingSizeHint')} ${chosen === null ? t('input.workingSizeAuto') : ''}` }}
        unit="px"
        min={least}
        max={own}
        value={value}
        logarithmic={own > least}
        disabled={own === least}
        onChange={(next) => setInput({ workingSize: next })}
        onReset={() => setInput({ workingSize: null })}
      />
      <p className="muted small">
        {isOwn
          ? t('input.ownSize', { width: fullWidth, height: fullHeight })
          : t('input.trueSize', { width: fullWidth, height: fullHeight, workingWidth: width, workingHeight: height })}
      </p>
    </div>
  );
}
