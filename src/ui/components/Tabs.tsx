/** Tabs: one of several panels in one place. Arrow keys move, as ARIA's tab pattern says; the caller shows the chosen panel. */
import { type KeyboardEvent, type ReactNode, useId } from 'react';
import './tabs.css';

export interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** After the tabs. */
  readonly end?: ReactNode;
  /** Draws the chosen panel somewhere else in the page: gets the attributes that tie it to its tab. */
  readonly idPrefix?: string;
}

/** The attributes of the panel of tab `value`. */
export function tabPanel(idPrefix: string, value: string) {
  return { role: 'tabpanel', id: `${idPrefix}-panel`, 'aria-labelledby': `${idPrefix}-${value}` } as const;
}

export function Tabs<T extends string>({ label, tabs, value, onChange, end, idPrefix }: TabsProps<T>) {
  const own = useId();
  const prefix = idPrefix ?? own;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const next = tabs[(tabs.findIndex((tab) => tab.value === value) + by + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next.value);
    event.currentTarget.querySelector<HTMLElement>(`#${CSS.escape(`${prefix}-${next.value}`)}`)?.focus();
  };
  return (
    <div className="tabs">
      <div role="tablist" aria-label={label} className="tab-list" onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            id={`${prefix}-${tab.value}`}
            type="button"
            role="tab"
            className="tab"
            aria-selected={tab.value === value}
            aria-controls={idPrefix && tab.value === value ? `${prefix}-panel` : undefined}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChange(tab.value)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {end && <div className="tabs-end">{end}</div>}
    </div>
  );
}
