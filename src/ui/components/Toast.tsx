/** A sentence in the top bar, or under it where the bar is full, that goes by itself (role status): what happened, never what must be answered. */
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button.tsx';
import './toast.css';

export interface ToastProps {
  /** `null` shows nothing; the region itself stays, so that screen readers hear what comes. */
  readonly children: ReactNode | null;
  /** A new id shows the same sentence again. */
  readonly id: number | string;
  readonly onDismiss: () => void;
  /** Milliseconds that it stays; the clock stands still under the pointer. */
  readonly duration?: number;
}

export function Toast({ children, id, onDismiss, duration = 7000 }: ToastProps) {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  const shown = children !== null && children !== undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new id starts the clock again.
  useEffect(() => {
    if (!shown || held) return;
    const timer = setTimeout(onDismiss, duration);
    return () => clearTimeout(timer);
  }, [shown, held, id, duration, onDismiss]);

  return (
    <div role="status" className="toast-region">
      {shown && (
        <div key={id} className="toast" onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}>
          <span>{children}</span>
          <IconButton
            size="small"
            label={t('components.dismiss')}
            icon={<X aria-hidden="true" />}
            onClick={onDismiss}
          />
        </div>
      )}
    </div>
  );
}
