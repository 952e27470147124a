/** What an input channel is called, from the choice of channels: R, G, B, A, grey. */
import { useTranslation } from 'react-i18next';
import type { ChannelChoice } from '../../../store/workspace.ts';
import { useWorkspace } from '../../session.tsx';

type Name = 'r' | 'g' | 'b' | 'a' | 'grey';

const names: Readonly<Record<ChannelChoice, readonly Name[]>> = {
  rgb: ['r', 'g', 'b'],
  rgba: ['r', 'g', 'b', 'a'],
  grey: ['grey'],
  'grey-alpha': ['grey', 'a'],
  r: ['r'],
  g: ['g'],
  b: ['b'],
};

export function useChannelName(): (channel: number) => string {
  const { t } = useTranslation();
  const choice = useWorkspace((state) => state.workspace.input.channels);
  return (channel) => {
    const name = names[choice][channel];
    return name ? t(`dot.channel.${name}`) : t('dot.channel.other', { index: channel });
  };
}
