/** A dialog on the browser's own `<dialog>`: it keeps the focus inside, closes on Escape and gives the focus back. */
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button.tsx';
import './dialog.css';

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at the end. */
  readonly footer?: ReactNode;
  readonly size?: 'narrow' | 'wide' | 'full';
}

export function Dialog({ open, onClose, title, children, footer, size = 'narrow' }: DialogProps) {
  const { t } = useTranslation();
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself; the click is on the backdrop.
    <dialog
      ref={element}
      className={`dialog ${size}`}
      aria-labelledby={heading}
      onClose={onClose}
      onClick={(event) => event.target === element.current && onClose()}
    >
      {open && (
        <div className="dialog-card">
          <header className="dialog-head">
            <h2 id={heading}>{title}</h2>
            <IconButton label={t('components.close')} icon={<X aria-hidden="true" />} onClick={onClose} />
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is too long for the window is scrolled by keys */}
          <div className="dialog-body" tabIndex={0}>
            {children}
          </div>
          {footer && <footer className="dialog-foot">{footer}</footer>}
        </div>
      )}
    </dialog>
  );
}
