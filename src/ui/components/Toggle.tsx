/** On or off: a switch with its words. */
import type { ReactNode } from 'react';
import './toggle.css';

export interface ToggleProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  /** One sentence, shown on hover. */
  readonly hint?: string;
  /** The accessible name where the label is not words. */
  readonly name?: string;
}

export function Toggle({ label, checked, onChange, disabled = false, hint, name }: ToggleProps) {
  return (
    <label className="toggle" title={hint}>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        disabled={disabled}
        aria-label={name}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className="toggle-track" />
      <span className="toggle-label">{label}</span>
    </label>
  );
}
