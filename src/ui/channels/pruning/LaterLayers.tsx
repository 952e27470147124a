/** What later layers say without the channels: the maps of one before, after and their difference, and the error of each. */
import { useTranslation } from 'react-i18next';
import type { ComparedMaps, LayerError } from '../../../live/channels/pruning/comparison.ts';
import { measured } from '../../../math/format.ts';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { engineKey } from '../../explore/canvas/engineKey.ts';
import { useChannelsView, useLookAtChannels } from '../channels.tsx';
import { ComparedPictures } from './ComparedPictures.tsx';
import { ErrorStrip } from './ErrorStrip.tsx';
import { usePruning } from './pruning.tsx';

export function LaterLayers() {
  const { t } = useTranslation('channels');
  const errors = usePruning((results) => results.errors);
  const compared = usePruning((results) => results.compared);
  const engine = usePruning((results) => results.engine);
  const isThere = compared && engine && Object.values(compared.tensors).every(({ isFreed }) => !isFreed);
  return (
    <>
      <h3>{t('pruning.later.title')}</h3>
      {isThere ? (
        <Shown key={engineKey(engine)} compared={compared} errors={errors} />
      ) : (
        <p className="muted">{t('pruning.later.waiting')}</p>
      )}
      {errors && errors.length > 0 && <ErrorStrip errors={errors} />}
      <p className="muted small">{t('pruning.later.about')}</p>
    </>
  );
}

interface ShownProps {
  readonly compared: ComparedMaps;
  readonly errors: readonly LayerError[] | null;
}

function Shown({ compared, errors }: ShownProps) {
  const { t } = useTranslation('channels');
  const { laterChannel } = useChannelsView();
  const look = useLookAtChannels();
  const { layer, kept, mostChanged } = compared;
  const channel = laterChannel !== null && kept.includes(laterChannel) ? laterChannel : mostChanged;
  const relativeOf = ({ relative }: LayerError) =>
    relative === null ? t('pruning.later.undefined') : measured(relative);
  const choices = (errors ?? []).map((each) => ({ value: each.node, label: `${each.label} · ${relativeOf(each)}` }));
  const error = errors?.find(({ node }) => node === layer.node);
  return (
    <>
      <div className="prune-later-choice">
        <SelectMenu
          label={t('pruning.later.layer')}
          value={layer.node}
          options={choices.length > 0 ? choices : [{ value: layer.node, label: layer.label }]}
          onChange={(later) => look({ later, laterChannel: null })}
          mono
        />
        <SelectMenu
          label={t('pruning.later.channel')}
          value={laterChannel === null || channel !== laterChannel ? 'most' : String(laterChannel)}
          options={[
            { value: 'most', label: t('pruning.later.most', { channel: mostChanged }) },
            ...kept.map((each) => ({ value: String(each), label: String(each) })),
          ]}
          onChange={(value) => look({ laterChannel: value === 'most' ? null : Number(value) })}
          mono
        />
      </div>
      <ComparedPictures compared={compared} channel={channel} />
      {error && (
        <p className="small" role="status">
          {t('pruning.later.error', {
            layer: layer.label,
            relative: relativeOf(error),
            largest: measured(error.largest),
          })}
        </p>
      )}
    </>
  );
}
