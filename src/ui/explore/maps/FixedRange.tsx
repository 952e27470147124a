/** The two numbers of a fixed range. An end is taken when it is a number; the two ends are put in order when they are drawn. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Ends = readonly [lo: number, hi: number];

export function FixedRange({ fixed, onChange }: { readonly fixed: Ends; readonly onChange: (fixed: Ends) => void }) {
  const { t } = useTranslation();
  return (
    <span className="fixed-range">
      <EndField label={t('maps.low')} value={fixed[0]} onChange={(lo) => onChange([lo, fixed[1]])} />
      <EndField label={t('maps.high')} value={fixed[1]} onChange={(hi) => onChange([fixed[0], hi])} />
    </span>
  );
}

interface EndFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function EndField({ label, value, onChange }: EndFieldProps) {
  // What is being typed need not be a number yet ("-").
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <input
      type="number"
      step="any"
      className="end-field mono"
      aria-label={label}
      title={label}
      value={draft ?? value}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        const number = event.currentTarget.valueAsNumber;
        if (Number.isFinite(number)) onChange(number);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}
