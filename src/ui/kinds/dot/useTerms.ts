/** The terms of a unit as they come from the engine; the newest question wins. */
import { useEffect, useState } from 'react';
import type { Engine } from '../../../engine/engine.ts';
import type { TermUnit, UnitTerms } from '../../../graph/terms.ts';
import { readTerms, type Stage } from '../../../live/kinds/readTerms.ts';
import type { Output } from '../../../live/results.ts';

interface Asked {
  readonly output: Output;
  readonly stage: Stage;
  readonly unit: TermUnit;
}

export interface ReadUnit extends Asked {
  readonly terms: UnitTerms;
}

/** Until the answer is there, the former one. */
export function useTerms(
  engine: Engine,
  output: Output,
  stage: Stage | undefined,
  unit: TermUnit | null,
): ReadUnit | null {
  const [read, setRead] = useState<ReadUnit | null>(null);
  const { channel = 0, y = 0, x = 0 } = unit ?? {};
  const isAsked = unit !== null && stage !== undefined;
  useEffect(() => {
    if (!isAsked) return;
    let isCurrent = true;
    const asked = { channel, y, x };
    readTerms(engine, output, stage, asked).then(
      (terms) => isCurrent && setRead({ output, stage, unit: asked, terms }),
      // The maps were freed by a newer run: it asks again.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, output, stage, isAsked, channel, y, x]);
  return isAsked ? read : null;
}
