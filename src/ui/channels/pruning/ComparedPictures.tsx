/** One channel before, after, and what has changed: both maps in one range, the difference in its own, each with its colour bar. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedMaps } from '../../../live/channels/pruning/comparison.ts';
import { comparedEnds } from '../../../views/channels/comparedEnds.ts';
import { bakeColourMap, isDiverging, resolveColourMap } from '../../../views/colour/colourMaps.ts';
import { isSignedAt } from '../../../views/network/signs.ts';
import { ColourBar } from '../../correlation/ColourBar.tsx';
import { useWorkspace } from '../../session.tsx';
import { useGround } from '../../theme/useGround.ts';
import { ComparedMap } from './ComparedMap.tsx';
import { usePruning } from './pruning.tsx';

const shown = ['before', 'after', 'difference'] as const;

/** `channel`: an old one of those that are left. */
export function ComparedPictures({ compared, channel }: { readonly compared: ComparedMaps; readonly channel: number }) {
  const { t } = useTranslation('channels');
  const choice = useWorkspace((state) => state.workspace.view.colourMap);
  const base = usePruning((results) => results.base);
  const ground = useGround();
  const { layer, kept, statistics, tensors } = compared;
  const at = kept.indexOf(channel);
  const drawn = useMemo(() => {
    const [before, after, difference] = shown.map((name) => statistics[name][at]);
    if (!before || !after || !difference) return null;
    const isSigned = base ? isSignedAt(base.graph, layer.response) : true;
    const name = resolveColourMap(choice, isSigned);
    const ends = comparedEnds(before, after, difference, isDiverging(name));
    const maps = { colours: bakeColourMap(name, ground), ends: ends.maps, isAbsolute: false };
    const change = { colours: bakeColourMap('rdbu', ground), ends: ends.difference, isAbsolute: false };
    return { maps, change, isSame: difference.min === 0 && difference.max === 0 };
  }, [statistics, at, base, layer, choice, ground]);
  if (!drawn) return null;
  const { maps, change, isSame } = drawn;
  return (
    <div className="prune-maps">
      {shown.map((what) => (
        <ComparedMap
          key={what}
          tensor={tensors[what]}
          channel={at}
          colours={what === 'difference' ? change : maps}
          caption={t(`pruning.later.${what}`)}
          label={t('pruning.later.map', { layer: layer.label, channel, what: t(`pruning.later.${what}`) })}
        />
      ))}
      <span className="prune-bar-maps">
        <ColourBar colours={maps} label={t('pruning.later.maps')} />
      </span>
      <span>
        {isSame ? (
          <span className="small muted">{t('pruning.later.same')}</span>
        ) : (
          <ColourBar colours={change} label={t('pruning.later.difference')} />
        )}
      </span>
    </div>
  );
}
