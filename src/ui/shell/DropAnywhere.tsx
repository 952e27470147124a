/** Files come in three ways wherever the pointer is: dropped on the page, pasted, or chosen in the page's one file input. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session.tsx';

export function DropAnywhere() {
  const { t } = useTranslation();
  const session = useSession();
  const [over, setOver] = useState(false);

  useEffect(() => {
    // dragenter and dragleave fire for every element passed: only the balance says whether the page was left.
    let depth = 0;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const listeners = {
      dragenter(event: DragEvent) {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth += 1;
        setOver(true);
      },
      dragover(event: DragEvent) {
        if (carriesFiles(event)) event.preventDefault();
      },
      dragleave(event: DragEvent) {
        if (!carriesFiles(event)) return;
        depth -= 1;
        if (depth <= 0) setOver(false);
      },
      drop(event: DragEvent) {
        depth = 0;
        setOver(false);
        const file = event.dataTransfer?.files[0];
        // A place of the page that takes files has taken it.
        if (!file || event.defaultPrevented) return;
        event.preventDefault();
        void session.openFile(file);
      },
      paste(event: ClipboardEvent) {
        const file = event.clipboardData?.files[0];
        if (!file) return;
        event.preventDefault();
        void session.openFile(file);
      },
    };
    const entries = Object.entries(listeners) as [string, EventListener][];
    for (const [type, listener] of entries) window.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of entries) window.removeEventListener(type, listener);
    };
  }, [session]);

  if (!over) return null;
  return (
    <div className="drop-anywhere" aria-hidden="true">
      <div>
        <strong>{t('shell.drop.title')}</strong>
        <span>{t('shell.drop.text')}</span>
      </div>
    </div>
  );
}
