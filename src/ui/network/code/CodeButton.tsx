/** Opens the network's code; the dialog and what it reads and writes come when it is first asked for. */
import { Code } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { usePlan } from '../network.tsx';

const CodeDialog = lazy(() => import('./CodeDialog.tsx'));

export function CodeButton() {
  const { t } = useTranslation('network');
  const plan = usePlan();
  const [isOpen, setOpen] = useState(false);
  const [pasted, setPasted] = useState<string | null>(null);
  // Code that is pasted anywhere else than into a field is a network to be looked at.
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const isInField = event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
      if (isInField || !/\bnn\.\w+\(|\bnn\.Module\b/.test(text)) return;
      event.preventDefault();
      setPasted(text);
      setOpen(true);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);
  return (
    <>
      <Button icon={<Code aria-hidden="true" />} disabled={!plan} onClick={() => setOpen(true)}>
        {t('code.open')}
      </Button>
      {isOpen && plan && (
        <Suspense>
          <CodeDialog
            plan={plan}
            pasted={pasted}
            onClose={() => {
              setOpen(false);
              setPasted(null);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
