/** The sums of all channels, the bias, the activation, and the number that the map shows there. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../engine/engine.ts';
import type { TermUnit, UnitTerms } from '../../../graph/terms.ts';
import type { Output } from '../../../live/results.ts';
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import { activate } from '../../../operators/activation/reference.ts';
import { printedSum } from './printedSum.ts';

interface SumLineProps {
  readonly terms: UnitTerms;
  readonly activation: ActivationName;
  /** Where the sum is the layer's output: its unit, whose number is read from the map. */
  readonly engine?: Engine;
  readonly output?: Output;
  readonly unit?: TermUnit;
}

export function SumLine({ terms, activation, engine, output, unit }: SumLineProps) {
  const { t } = useTranslation('kinds');
  const shown = useShown(engine, output, unit);
  const printed = printedSum(terms);
  return (
    <p className="kind-sum mono">
      <span>
        {t('dot.sumOf', { count: terms.slices.length })} <b>{printed.channels}</b>
      </span>
      <span>
        + bias <b>{printed.bias}</b>
      </span>
      <span>
        = <b title={String(terms.sum)}>{printed.sum}</b>
      </span>
      {activation !== 'none' && (
        <span>
          {activation} → <b>{printed.print(activate(activation)(terms.sum))}</b>
        </span>
      )}
      {unit && <span className="muted">{t('dot.shown', { value: shown === null ? '…' : printed.print(shown) })}</span>}
    </p>
  );
}

function useShown(engine: Engine | undefined, output: Output | undefined, unit: TermUnit | undefined): number | null {
  const [read, setRead] = useState<{ readonly unit: TermUnit; readonly output: Output; readonly value: number } | null>(
    null,
  );
  useEffect(() => {
    if (!engine || !output || !unit) return;
    let isCurrent = true;
    engine.read(output.maps, { ...unit, channels: 1, height: 1, width: 1 }).then(
      ([value]) => isCurrent && value !== undefined && setRead({ unit, output, value }),
      // The maps were freed by a newer run: it asks again.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, output, unit]);
  return read && read.unit === unit && read.output === output ? read.value : null;
}
