/** The chapter's figure as it stands now, for somebody's own page. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadWords } from '../../i18n/index.ts';
import type { Session, ShareLink } from '../../live/session.ts';
import { Dialog } from '../components/Dialog.tsx';
import { EmbedSnippets } from '../shell/EmbedSnippets.tsx';

export default function EmbedFigure({ session, onClose }: { readonly session: Session; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('learn');
  const [link, setLink] = useState<ShareLink | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void Promise.all([session.share(), loadWords('embed')]).then(([made]) => isCurrent && setLink(made));
    return () => {
      isCurrent = false;
    };
  }, [session]);
  return (
    <Dialog open onClose={onClose} title={t('embed')}>
      {link?.kind === 'too-large' && <p>{t('embedTooLarge')}</p>}
      {link?.kind === 'link' && (
        <>
          {link.withoutPhoto && <p>{t('embedWithoutPhoto')}</p>}
          <EmbedSnippets url={link.url} lang={i18n.language} isOpen />
        </>
      )}
    </Dialog>
  );
}
