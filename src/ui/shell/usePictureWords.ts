/** What a saved picture of the maps says and how it looks: in the person's language, in the colours on the screen. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { writePyTorchLayer } from '../../formats/layerText/writePyTorchLayer.ts';
import { activationAfter, convOf } from '../../graph/explore.ts';
import type { PictureWords } from '../../live/session.ts';
import { signedNumber } from '../../views/numbers.ts';
import { useFilterName } from '../explore/maps/filterName.ts';
import { colouringOf } from '../explore/maps/mapsView.ts';
import { useSession } from '../session.tsx';
import { usePalette } from '../theme/usePalette.ts';

/** The words for what is on the screen when it is called; null before the first maps. */
export function usePictureWords(): () => PictureWords | null {
  const { t } = useTranslation();
  const session = useSession();
  const palette = usePalette();
  const filterName = useFilterName();
  return useCallback(() => {
    const { output } = session.results.getState();
    const { workspace } = session.workspace.getState();
    if (!output) return null;
    const { focus, view } = workspace;
    const { colours, range } = colouringOf(output, focus, view, palette);
    const [, channels, height, width] = output.shape;
    return {
      title: `${t('shell.export.pictureTitle')} ${channels} × ${height} × ${width}`,
      code:
        output.kind?.lines ??
        writePyTorchLayer(convOf(output.graph, focus), activationAfter(output.graph, focus)).split('\n'),
      label: (channel) => {
        const name = output.kind ? '' : filterName(workspace.weights[focus]?.filters[channel]?.recipe);
        return name ? t('maps.caption', { number: channel, name }) : String(channel);
      },
      number: signedNumber,
      ends: { lowest: t('shell.export.lowest'), highest: t('shell.export.highest') },
      caption: t(`shell.export.range.${range.mode}`),
      range,
      colours,
      style: {
        background: palette.panel,
        text: palette.ink,
        quiet: palette.muted,
        sans: 'Pretendard, system-ui, sans-serif',
        mono: palette.mono,
      },
    };
  }, [session, palette, filterName, t]);
}
