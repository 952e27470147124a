/** The value of one unit as it comes from the engine; null until it is there. Of places that follow quickly only the newest counts. */
import { useEffect, useMemo, useState } from 'react';
import type { Engine, Tensor } from '../../../engine/engine.ts';
import { latestWins } from '../../explore/canvas/latestWins.ts';

export interface MapUnit {
  readonly channel: number;
  readonly y: number;
  readonly x: number;
}

export function useMapValue(engine: Engine, maps: Tensor, unit: MapUnit | null): number | null {
  const [answer, setAnswer] = useState<{ readonly of: string; readonly value: number } | null>(null);
  const questions = useMemo(
    () =>
      latestWins(
        ({ channel, y, x }: MapUnit) => engine.read(maps, { channel, channels: 1, y, x, height: 1, width: 1 }),
        (asked, [value]) => value !== undefined && setAnswer({ of: keyOf(asked), value }),
      ),
    [engine, maps],
  );
  useEffect(() => () => questions.stop(), [questions]);
  const key = unit && keyOf(unit);
  useEffect(() => {
    setAnswer((former) => (former?.of === key ? former : null));
    if (key !== null) questions.ask(unitOf(key));
  }, [questions, key]);
  return answer !== null && answer.of === key ? answer.value : null;
}

function keyOf({ channel, y, x }: MapUnit): string {
  return `${channel} ${y} ${x}`;
}

function unitOf(key: string): MapUnit {
  const [channel = 0, y = 0, x = 0] = key.split(' ').map(Number);
  return { channel, y, x };
}
