/** What the layer reads: the photo, or a bank of filters over it, shown as a small grid. */
import { useTranslation } from 'react-i18next';
import { bankNames } from '../../graph/weights/banks.ts';
import { learnedLayers } from '../../graph/weights/filterState.ts';
import { learnedBankOf } from '../../graph/weights/layerFilters.ts';
import { channelChoicesOfCompare } from '../../store/compare.ts';
import { firstBank } from '../../store/kind.ts';
import { MapGrid } from '../compare/MapGrid.tsx';
import { SelectMenu } from '../components/SelectMenu.tsx';
import { handFocusOver } from '../explore/layer/kindFocus.ts';
import { useResults, useSession, useWorkspace } from '../session.tsx';
import { useChangeKind, useKind, useKindPlace } from './useKind.ts';

export function KindSource() {
  const { t } = useTranslation(['kinds', 'compare']);
  const { workspace } = useSession();
  const { kind, bank } = useKind();
  const change = useChangeKind();
  const { inputSize } = useKindPlace();
  const zoom = useWorkspace((state) => state.workspace.view.zoom);
  const engine = useResults((state) => state.running);
  const output = useResults((state) => state.output);
  const maps =
    bank && output?.kind?.from === 'bank' && output.kind.state.bank ? output.parts[output.kind.source] : undefined;
  const learned = bank && learnedBankOf(bank.name);
  const choose = (name: (typeof bankNames)[number] | 'photo') => {
    if (name !== 'photo') return change(null, (now) => ({ ...now, bank: { ...(now.bank ?? firstBank), name } }));
    // A standard convolution over the photo is Explore's own.
    if (kind === 'standard') handFocusOver();
    workspace.getState().setKind(null, (now) => (now && now.kind !== 'standard' ? { ...now, bank: null } : null));
  };
  return (
    <section className="kind-source" aria-label={t('reads')}>
      <div className="kind-source-row">
        <span>{t('reads')}</span>
        <SelectMenu
          label={t('reads')}
          value={bank?.name ?? 'photo'}
          options={[
            { value: 'photo', label: t('photo') },
            { group: t('banks'), options: bankNames.map((value) => ({ value, label: t(`compare:banks.${value}`) })) },
          ]}
          onChange={choose}
        />
        {bank && (
          <SelectMenu
            label={t('channels')}
            mono
            value={String(bank.channels)}
            options={channelChoicesOfCompare.map((count) => ({ value: String(count), label: String(count) }))}
            onChange={(count) =>
              change(null, (now) => ({ ...now, bank: { ...(now.bank ?? firstBank), channels: Number(count) } }))
            }
          />
        )}
      </div>
      {learned && bank && bank.channels > learnedLayers[learned].outChannels && (
        <p className="muted small">{t('again', { count: learnedLayers[learned].outChannels })}</p>
      )}
      {(kind === 'linear' || kind === 'locally_connected') && (
        <p className="muted small">{t('small', { height: inputSize[0], width: inputSize[1] })}</p>
      )}
      {engine && maps && (
        <MapGrid
          key={engine.description.kind}
          engine={engine}
          maps={maps}
          zoom={zoom}
          across={maps.shape[1] > 32 ? 16 : 8}
          label={t('bankMaps', { channels: maps.shape[1], height: maps.shape[2], width: maps.shape[3] })}
        />
      )}
    </section>
  );
}
