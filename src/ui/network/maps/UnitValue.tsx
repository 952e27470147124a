/** The number that the shown unit has, read from its map; nothing until it is there. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, Tensor } from '../../../engine/engine.ts';
import { measured } from '../../../math/format.ts';
import type { LayerUnit } from '../network.tsx';

interface UnitValueProps {
  readonly engine: Engine;
  readonly maps: Tensor;
  readonly unit: LayerUnit;
}

export function UnitValue({ engine, maps, unit: { channel, y, x } }: UnitValueProps) {
  const { t } = useTranslation('network');
  const [read, setRead] = useState<{ readonly of: string; readonly maps: Tensor; readonly value: number } | null>(null);
  const of = `${channel} ${y} ${x}`;
  useEffect(() => {
    let isCurrent = true;
    engine.read(maps, { channel, channels: 1, y, x, height: 1, width: 1 }).then(
      ([value]) => isCurrent && value !== undefined && setRead({ of: `${channel} ${y} ${x}`, maps, value }),
      // The maps were given back meanwhile: newer ones are on their way.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, maps, channel, y, x]);
  const value = read?.of === of && read.maps === maps ? measured(read.value) : '…';
  return <span className="network-unit-value mono">{t('maps.unit', { channel, row: y, column: x, value })}</span>;
}
