/** A chapter's title and claim, and what can be done with its figure: open it in a screen, take it along, show it to a room. */
import { Code, Presentation, RotateCcw } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openInPage } from '../../live/learn/figureSession.ts';
import type { ScreenName } from '../../store/workspace.ts';
import { Button, IconButton } from '../components/Button.tsx';
import { useSession } from '../session.tsx';
import type { Chapter } from './chapters/chapter.ts';
import type { Presenting } from './presenting.ts';
import type { RunningFigure } from './useFigure.ts';

const EmbedFigure = lazy(() => import('./EmbedFigure.tsx'));

interface ChapterHeadProps {
  readonly chapter: Chapter;
  readonly figure: RunningFigure | null;
  readonly presenting: Presenting;
}

export function ChapterHead({ chapter, figure, presenting }: ChapterHeadProps) {
  const { t } = useTranslation('learn');
  const { t: ofPage } = useTranslation();
  const page = useSession();
  const [isEmbedding, setEmbedding] = useState(false);
  const open = (screen: Exclude<ScreenName, 'learn'>) => {
    if (!figure) return;
    presenting.stop();
    // Where one was in Learn stays, for the way back.
    const { learn } = page.workspace.getState().workspace.view;
    void openInPage(page, figure.session, (state) => ({ ...state, view: { ...state.view, screen, learn } }));
  };
  return (
    <header className="learn-head">
      <div>
        <h2 id="learn-title">{t(`chapters.${chapter.name}.title`)}</h2>
        <p>{t(`chapters.${chapter.name}.lead`)}</p>
      </div>
      <div className="learn-commands">
        {chapter.opens.map((screen) => (
          <Button key={screen} disabled={!figure} onClick={() => open(screen)}>
            {t('openIn', { screen: ofPage(`shell.${screen}`) })}
          </Button>
        ))}
        <IconButton
          label={t('again')}
          icon={<RotateCcw aria-hidden="true" />}
          disabled={!figure}
          onClick={() => figure?.startAgain()}
        />
        <IconButton
          label={t('embed')}
          icon={<Code aria-hidden="true" />}
          disabled={!figure}
          onClick={() => setEmbedding(true)}
        />
        <IconButton
          label={t(presenting.isOn ? 'presentEnd' : 'present')}
          icon={<Presentation aria-hidden="true" />}
          aria-pressed={presenting.isOn}
          onClick={() => (presenting.isOn ? presenting.stop() : presenting.start())}
        />
      </div>
      {isEmbedding && figure && (
        <Suspense>
          <EmbedFigure session={figure.session} onClose={() => setEmbedding(false)} />
        </Suspense>
      )}
    </header>
  );
}
