/** A card of the screen: a square in the colour of the thing it shows, a heading, what it holds, and room for controls at the end. */
import { type ReactNode, type Ref, useId } from 'react';
import './panel.css';

export type ColourToken = 'input' | 'weights' | 'maps' | 'field' | 'dead';

export interface PanelProps {
  readonly token: ColourToken;
  readonly title: string;
  /** Beside the title, in the monospace face: a shape, a kind. */
  readonly meta?: ReactNode;
  /** At the right end of the heading. */
  readonly end?: ReactNode;
  readonly className?: string;
  readonly id?: string;
  readonly ref?: Ref<HTMLElement>;
  readonly children: ReactNode;
}

export function Panel({ token, title, meta, end, className = '', id, ref, children }: PanelProps) {
  const heading = useId();
  return (
    <section ref={ref} id={id} className={`panel ${className}`} aria-labelledby={heading}>
      <header className="panel-head">
        <span className={`token-square ${token}`} aria-hidden="true" />
        <h2 id={heading}>{title}</h2>
        {meta !== undefined && (
          <span className="panel-meta mono" title={typeof meta === 'string' ? meta : undefined}>
            {meta}
          </span>
        )}
        {end !== undefined && <span className="panel-end">{end}</span>}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
}
