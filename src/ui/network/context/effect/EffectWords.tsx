/** What an effective field is a mean of, in words: which measure, which weights, which photos. */
import { useTranslation } from 'react-i18next';
import { type Effect, firstSeed } from '../../../../live/network/effect/unitEffect.ts';

/** More photos than so many are counted. */
const named = 3;

export function EffectWords({ effect: { network, question } }: { readonly effect: Effect }) {
  const { t } = useTranslation('network');
  const { over, draws, measure, channel } = question;
  const how = t(`context.effect.how.${measure}`);
  const from = firstSeed(network, question);
  const distribution = network.weights.distribution === 'he' ? 'He' : 'Xavier';
  const weights =
    over === 'unit'
      ? t('context.effect.ofUnit', { how, channel })
      : t('context.effect.ofDraws', { how, count: draws, from, to: (from + draws - 1) >>> 0, distribution });
  const [, ...others] = network.pictures.map(({ name }) => name);
  const names = others.slice(0, named).join(', ');
  const photos =
    others.length === 0
      ? t('context.effect.thisPhoto')
      : others.length <= named
        ? t('context.effect.ofPhotos', { count: others.length + 1, names })
        : t('context.effect.ofMorePhotos', { count: others.length + 1, names, more: others.length - named });
  return (
    <span>
      {weights}, {photos}
    </span>
  );
}
