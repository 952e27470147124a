/**
 * Why a typed or pasted layer was not taken: the library's own sentence where there is one, what to do in the person's language, and
 * a button for what may be taken instead.
 */
import i18next, { type TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { LayerReading, LayerSuggestion, LayerTextError } from '../../../formats/layerText/readLayer.ts';
import { Button } from '../../components/Button.tsx';

interface CodeRefusalProps {
  readonly id: string;
  readonly refusal: LayerTextError;
  readonly onTake: (layer: LayerReading) => void;
  readonly onRevert: () => void;
}

export function CodeRefusal({ id, refusal, onTake, onRevert }: CodeRefusalProps) {
  const { t } = useTranslation(['code', 'app']);
  const { suggestion, values } = refusal;
  const key = `why.${refusal.code}`;
  const why = i18next.exists(key, { ns: 'code' }) ? t(key as 'why.other', { ...values }) : t('why.other');
  return (
    <div className="layer-refusal" role="alert">
      <p id={id}>
        <strong>{t('refused')}</strong> {refusal.isOurs ? null : <q lang="en">{refusal.message}</q>} {why}
      </p>
      <div className="layer-refusal-actions">
        {suggestion ? (
          <Button size="small" variant="primary" onClick={() => onTake(suggestion.layer)}>
            {suggestionWords(t, suggestion)}
          </Button>
        ) : null}
        <Button size="small" onClick={onRevert}>
          {t('revert')}
        </Button>
      </div>
    </div>
  );
}

/** What the button takes; values that had to come into their range are named too. */
function suggestionWords(t: TFunction<['code', 'app']>, { code, layer, moved: values }: LayerSuggestion): string {
  const moved = values.map(({ attribute, to }) => `${attribute}=${to}`).join(', ');
  const instead = t(`instead.${code}`, {
    moved,
    channels: layer.conv.inChannels,
    activation: t(`app:layer.activations.${layer.activation}`),
  });
  return moved === '' || code === 'nearest-values' ? instead : t('instead.with', { instead, moved });
}
