/** A field for one learned number of any size; arrow keys step by a hundredth of its order. */
import { type KeyboardEvent, useState } from 'react';
import { exactWeight, readWeight, stepWeight } from './weightFormat.ts';

interface WeightFieldProps {
  readonly name: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

const step = 0.01;

export function WeightField({ name, value, onChange }: WeightFieldProps) {
  /** What is being typed; null: the value stands in the field. */
  const [text, setText] = useState<string | null>(null);
  // A value that comes from elsewhere (undo, a link) takes the place of what was typed.
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    if (text !== null && readWeight(text) !== value) setText(null);
  }
  const type = (typed: string) => {
    setText(typed);
    const read = readWeight(typed);
    if (read !== null && read !== value) onChange(read);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (event.key === 'Enter' || event.key === 'Escape') setText(null);
    if (steps === undefined) return;
    event.preventDefault();
    setText(null);
    onChange(stepWeight(value, steps, step));
  };
  return (
    <input
      type="number"
      className="weight-field"
      aria-label={name}
      step="any"
      value={text ?? exactWeight(value)}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => setText(null)}
      onKeyDown={onKeyDown}
    />
  );
}
