/** Opens the network's code; the dialog and what it reads and writes come when it is first asked for. */
import { Code } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { usePlan } from '../network.tsx';

const CodeDialog = lazy(() => import('./CodeDialog.tsx'));

export function CodeButton() {
  const { t } = useTranslation('network');
  const plan = usePlan();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Code aria-hidden="true" />} disabled={!plan} onClick={() => setOpen(true)}>
        {t('code.open')}
      </Button>
      {isOpen && plan && (
        <Suspense>
          <CodeDialog plan={plan} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
