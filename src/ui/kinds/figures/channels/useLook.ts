/** What to look at in the diagram, in one sentence. */
import { useTranslation } from 'react-i18next';
import type { KindOutput } from '../../../../live/results.ts';
import { countOf, reachOf } from '../../../../views/connectivity/reach.ts';
import type { ChannelWiring } from './channelParts.ts';

/** "4", or "4–8" where outputs see more or fewer inputs. */
function seenByOutputs({ stages, channels }: ChannelWiring): string {
  const counts = reachOf(stages, channels).map(({ inputs }) => countOf(inputs));
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(least) : `${least}–${most}`;
}

export function useLook({ layer }: KindOutput, wiring: ChannelWiring, shuffles: boolean): string {
  const { t } = useTranslation('kinds');
  const of = wiring.channels;
  if (layer.kind === 'separable') return t('wiring.look.separable');
  if (layer.kind === 'shuffled') {
    const { groups } = layer.first;
    const values = { seen: seenByOutputs(wiring), of, groups };
    if (groups === 1) return t('wiring.look.oneGroup');
    return shuffles ? t('wiring.look.shuffled', values) : t('wiring.look.unshuffled', values);
  }
  const groups = layer.kind === 'standard' ? layer.conv.groups : 1;
  if (groups === 1) return t('wiring.look.standard', { of });
  if (groups === of) return t('wiring.look.depthwise', { of });
  return t('wiring.look.grouped', { groups, seen: of / groups, of });
}
