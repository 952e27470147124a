/** What stands where something is still being made: quiet stripes, named for screen readers. */
import { useTranslation } from 'react-i18next';
import './skeleton.css';

export function Skeleton({ label, className = '' }: { readonly label?: string; readonly className?: string }) {
  const { t } = useTranslation();
  return (
    <div className={`skeleton ${className}`} role="status">
      <span className="sr-only">{label ?? t('components.loading')}</span>
    </div>
  );
}
