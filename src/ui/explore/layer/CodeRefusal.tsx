/**
 * Why a typed or pasted layer was not taken: the library's own sentence where there is one, what to do in the person's language, and
 * a button for what may be taken instead.
 */
import i18next, { type TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { LayerSuggestion } from '../../../formats/layerText/readLayer.ts';
import type { OperatorError } from '../../../operators/operator.ts';
import { Button } from '../../components/Button.tsx';

export interface CodeRefusalProps {
  readonly id: string;
  /** `isOurs`: no library has a sentence for it, the page's own says it all. */
  readonly error: OperatorError & { readonly isOurs: boolean };
  /** What may be taken instead. */
  readonly offer: { readonly suggestion: LayerSuggestion; readonly onTake: () => void } | null;
  readonly onRevert: () => void;
}

export function CodeRefusal({ id, error, offer, onRevert }: CodeRefusalProps) {
  const { t } = useTranslation(['code', 'app']);
  const { values } = error;
  const key = `why.${error.code}`;
  const why = i18next.exists(key, { ns: 'code' }) ? t(key as 'why.other', { ...values }) : t('why.other');
  return (
    <div className="layer-refusal" role="alert">
      <p id={id}>
        <strong>{t('refused')}</strong> {error.isOurs ? null : <q lang="en">{error.message}</q>} {why}
      </p>
      <div className="layer-refusal-actions">
        {offer ? (
          <Button size="small" variant="primary" onClick={offer.onTake}>
            {suggestionWords(t, offer.suggestion)}
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
