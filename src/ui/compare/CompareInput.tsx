/** What every column reads: the photo, and the bank of filters over it as a small grid. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { bankNames } from '../../graph/weights/banks.ts';
import { channelChoicesOfCompare } from '../../store/compare.ts';
import { Panel } from '../components/Panel.tsx';
import { SelectMenu } from '../components/SelectMenu.tsx';
import { useResults, useWorkspace } from '../session.tsx';
import { useComparison } from './comparison.tsx';
import { MapGrid } from './MapGrid.tsx';
import { useComparedZoom } from './maps/useComparedZoom.ts';

export function CompareInput() {
  const { t } = useTranslation('compare');
  const picture = useResults((state) => state.picture);
  const compare = useWorkspace((state) => state.workspace.compare);
  const setCompare = useWorkspace((state) => state.setCompare);
  const engine = useComparison((state) => state.engine);
  const stem = useComparison((state) => state.stem);
  const { zoom } = useComparedZoom();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || !picture) return;
    canvas.current.width = picture.width;
    canvas.current.height = picture.height;
    context.putImageData(new ImageData(picture.rgba, picture.width, picture.height), 0, 0);
  }, [picture]);
  return (
    <Panel
      token="input"
      title={t('input')}
      meta={picture ? `${picture.channels} × ${picture.height} × ${picture.width}` : ''}
      className="compare-input"
    >
      <canvas ref={canvas} className="compare-photo" role="img" aria-label={picture?.name ?? t('waiting')} />
      <h3>
        {t('stem')}{' '}
        <span className="muted">{t('stemShape', { from: picture?.channels ?? 3, to: compare.stem.channels })}</span>
      </h3>
      <div className="compare-choices">
        <SelectMenu
          label={t('bank')}
          value={compare.stem.bank}
          options={bankNames.map((value) => ({ value, label: t(`banks.${value}`) }))}
          onChange={(bank) => setCompare(null, (now) => ({ ...now, stem: { ...now.stem, bank } }))}
        />
        <ChannelMenu
          label={t('channels')}
          value={compare.stem.channels}
          onChange={(channels) => setCompare(null, (now) => ({ ...now, stem: { ...now.stem, channels } }))}
        />
        <span className="muted mono">→</span>
        <ChannelMenu
          label={t('outChannels')}
          value={compare.outChannels}
          onChange={(outChannels) => setCompare(null, (now) => ({ ...now, outChannels }))}
        />
      </div>
      {engine && stem && (
        // A canvas stays with the engine that drew on it first.
        <MapGrid key={engine.description.kind} engine={engine} maps={stem.maps} label={t('stem')} zoom={zoom} />
      )}
    </Panel>
  );
}

function ChannelMenu({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (channels: number) => void;
}) {
  return (
    <SelectMenu
      label={label}
      hint={label}
      mono
      value={String(value)}
      options={channelChoicesOfCompare.map((count) => ({ value: String(count), label: String(count) }))}
      onChange={(next) => onChange(Number(next))}
    />
  );
}
