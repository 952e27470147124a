/** Shares the state as a link: copies it, says what is not in it, and offers a file where a link cannot hold it. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShareLink } from '../../live/session.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { useSession, useWorkspace } from '../session.tsx';
import { EmbedSnippets } from './EmbedSnippets.tsx';
import { say } from './messages.ts';

type Answer = ShareLink | { readonly kind: 'making' } | { readonly kind: 'failed'; readonly reason: string };

export default function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('embed');
  const { t: ofPage } = useTranslation();
  const session = useSession();
  const screen = useWorkspace((state) => state.workspace.view.screen);
  const [answer, setAnswer] = useState<Answer>({ kind: 'making' });
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    let isCurrent = true;
    session.share().then(
      async (link) => {
        if (!isCurrent) return;
        setAnswer(link);
        if (link.kind === 'link') setCopied(await copy(link.url));
      },
      (error: unknown) => isCurrent && setAnswer({ kind: 'failed', reason: reasonOf(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [session]);

  const saveFile = () => {
    session
      .exportAs('convscope')
      .catch((error: unknown) => say(ofPage('shell.export.failed', { reason: reasonOf(error) })));
    onClose();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('share.title')}
      footer={
        (answer.kind === 'too-large' || (answer.kind === 'link' && answer.withoutPhoto)) && (
          <Button variant={answer.kind === 'too-large' ? 'primary' : 'plain'} onClick={saveFile}>
            {t('share.save')}
          </Button>
        )
      }
    >
      <div className="share" aria-live="polite">
        {answer.kind === 'making' && <p className="muted">{t('share.making')}</p>}
        {answer.kind === 'failed' && <p>{t('share.failed', { reason: answer.reason })}</p>}
        {answer.kind === 'too-large' && <p>{t('share.tooLarge', { kilobytes: (answer.bytes / 1024).toFixed(1) })}</p>}
        {answer.kind === 'link' && (
          <>
            <p>
              {t(copied ? 'share.copied' : 'share.copyByHand')} {!answer.withoutPhoto && t('share.exact')}
            </p>
            <div className="share-link">
              <input
                ref={field}
                type="text"
                readOnly
                aria-label={t('share.link')}
                className="mono"
                value={answer.url}
                onFocus={(event) => event.currentTarget.select()}
              />
              <Button
                onClick={async () => {
                  field.current?.select();
                  setCopied(await copy(answer.url));
                }}
              >
                {t('share.copy')}
              </Button>
            </div>
            {answer.withoutPhoto && <p className="share-note">{t('share.withoutPhoto')}</p>}
            {(screen === 'explore' || screen === 'compare') && <EmbedSnippets url={answer.url} lang={i18n.language} />}
          </>
        )}
      </div>
    </Dialog>
  );
}

/** True when the clipboard took it; some browsers refuse without saying why. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
