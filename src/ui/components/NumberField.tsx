/** A number field (role spinbutton) that keeps to its allowed values: arrow keys step among them, and what was not allowed is said. */
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './numberField.css';
import { fieldText, isAllowed, type NumberRange, nearest, stepped } from './numberValue.ts';
import { openBubble } from './onlyBubble.ts';

export interface NumberFieldProps extends NumberRange {
  /** The accessible name, exactly. */
  readonly name: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly unit?: string;
  readonly disabled?: boolean;
  readonly describedBy?: string;
}

export function NumberField(props: NumberFieldProps) {
  const { name, value, onChange, unit, disabled = false, describedBy } = props;
  const { t } = useTranslation();
  /** What stands in the field while it is being typed; null: the value. */
  const [text, setText] = useState<string | null>(null);
  /** What was not allowed, and the number that was taken for it. */
  const [said, setSaid] = useState<{ readonly sentence: string; readonly kept: number } | null>(null);
  // A value that comes from elsewhere (undo, a link) takes the place of what was typed.
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    if (text !== null && Number(text) !== value) setText(null);
    if (said !== null && said.kept !== value) setSaid(null);
  }
  const end = props.typedMax ?? props.max;

  useEffect(() => {
    if (said === null) return;
    const forget = openBubble(() => setSaid(null));
    const timer = setTimeout(() => setSaid(null), 6000);
    return () => {
      forget();
      clearTimeout(timer);
    };
  }, [said]);

  const take = (next: number) => {
    setText(null);
    setSaid(null);
    if (next !== value) onChange(next);
  };
  const type = (typed: string) => {
    setText(typed);
    const number = Number(typed);
    if (typed.trim() !== '' && isAllowed(props, number)) {
      setSaid(null);
      if (number !== value) onChange(number);
    }
  };
  const finish = () => {
    if (text === null) return;
    const typed = Number(text);
    setText(null);
    if (text.trim() === '' || !Number.isFinite(typed)) return;
    const kept = nearest(props, typed);
    if (kept !== typed) {
      setSaid({ sentence: whyNot(typed, kept), kept });
    }
    if (kept !== value) onChange(kept);
  };
  const whyNot = (typed: number, kept: number): string => {
    if (props.allowed) return t('components.notAllowed', { name, allowed: props.allowed.join(', '), value: kept });
    const isInside = typed >= props.min && typed <= end;
    if (isInside && (props.step ?? 1) === 1) return t('components.wholeNumber', { name, value: kept });
    return t('components.clamped', { name, min: props.min, max: end, value: kept });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
    if (event.key === 'Enter') finish();
    else if (event.key === 'Escape') setText(null);
    else if (by !== undefined) {
      event.preventDefault();
      take(stepped(props, value, by));
    }
  };

  return (
    <span className="number-field" data-disabled={disabled || undefined}>
      <StepButton
        label={t('components.decrease', { name })}
        sign="−"
        disabled={disabled || value <= props.min}
        onPress={() => take(stepped(props, value, -1))}
      />
      <input
        type="number"
        inputMode={Number.isInteger(props.step ?? 1) && props.min >= 0 ? 'numeric' : 'decimal'}
        aria-label={name}
        aria-describedby={describedBy}
        aria-invalid={text !== null && !isAllowed(props, Number(text)) ? true : undefined}
        min={props.min}
        max={end}
        step={props.allowed ? 'any' : (props.step ?? 1)}
        value={text ?? fieldText(value)}
        disabled={disabled}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={finish}
        onKeyDown={onKeyDown}
      />
      {unit && <span className="number-unit">{unit}</span>}
      <StepButton
        label={t('components.increase', { name })}
        sign="+"
        disabled={disabled || value >= end}
        onPress={() => take(stepped(props, value, 1))}
      />
      <span role="status" className={said ? 'number-said' : 'sr-only'}>
        {said?.sentence}
      </span>
    </span>
  );
}

interface StepButtonProps {
  readonly label: string;
  readonly sign: string;
  readonly disabled: boolean;
  readonly onPress: () => void;
}

/** For fingers; hidden where there is a mouse. The keyboard has the arrow keys, so it is no tab stop. */
function StepButton({ label, sign, disabled, onPress }: StepButtonProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className="number-step"
      aria-label={label}
      disabled={disabled}
      onClick={onPress}
    >
      {sign}
    </button>
  );
}
