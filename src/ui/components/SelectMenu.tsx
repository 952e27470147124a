/** One choice out of many: the browser's own select, dressed as the other controls (on a phone it opens the system's wheel). */
import './selectMenu.css';

export interface SelectOption<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly disabled?: boolean;
}

export interface SelectMenuProps<T extends string> {
  /** The accessible name. */
  readonly label: string;
  readonly options: readonly (
    | SelectOption<T>
    | { readonly group: string; readonly options: readonly SelectOption<T>[] }
  )[];
  /** `null`: none of these; `placeholder` shows. */
  readonly value: T | null;
  readonly placeholder?: string;
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
  /** Code names are set in the monospace face. */
  readonly mono?: boolean;
  /** One sentence, shown on hover. */
  readonly hint?: string;
}

export function SelectMenu<T extends string>({
  label,
  options,
  value,
  placeholder,
  onChange,
  disabled = false,
  mono = false,
  hint,
}: SelectMenuProps<T>) {
  return (
    <span className={`select-menu${mono ? ' mono' : ''}${value === null ? '' : ' chosen'}`} title={hint}>
      <select
        aria-label={label}
        value={value ?? ''}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value as T)}
      >
        {value === null && (
          <option value="" disabled hidden>
            {placeholder ?? ''}
          </option>
        )}
        {options.map((option) =>
          'group' in option ? (
            <optgroup key={option.group} label={option.group}>
              {option.options.map(optionElement)}
            </optgroup>
          ) : (
            optionElement(option)
          ),
        )}
      </select>
      <svg aria-hidden="true" viewBox="0 0 10 6">
        <path d="M1 1l4 4 4-4" />
      </svg>
    </span>
  );
}

function optionElement({ value, label, disabled }: SelectOption<string>) {
  return (
    <option key={value} value={value} disabled={disabled}>
      {label}
    </option>
  );
}
