/** Where a part of the page stops, the rest goes on: the part is replaced by a sentence and a way out. */
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/Button.tsx';

interface State {
  readonly error: Error | null;
}

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    return this.state.error ? <Stopped error={this.state.error} /> : this.props.children;
  }
}

function Stopped({ error }: { readonly error: Error }) {
  const { t } = useTranslation();
  return (
    <div className="stopped" role="alert">
      <h2>{t('shell.crash.title')}</h2>
      <p>{t('shell.crash.text')}</p>
      <details>
        <summary>{t('shell.crash.details')}</summary>
        <code>{error.message}</code>
      </details>
      <Button variant="primary" onClick={() => location.reload()}>
        {t('shell.crash.reload')}
      </Button>
    </div>
  );
}
