/** The line of a layer's price: entries that scroll where they have no room, and the check behind them. Without entries it is busy. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EdgeFade } from '../../components/EdgeFade.tsx';
import { TrustCheck } from './TrustCheck.tsx';
import './cost.css';

export function CostFrame({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  if (children === null) return <section className="cost-bar" aria-label={t('cost.title')} aria-busy="true" />;
  return (
    <section className="cost-bar" aria-label={t('cost.title')}>
      <EdgeFade>
        <div className="cost-scroll">
          <dl>{children}</dl>
        </div>
      </EdgeFade>
      <TrustCheck />
    </section>
  );
}
