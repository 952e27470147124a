/** Renders a part of Explore with a session, in a language and theme, at the width of Explore's layer column. */
import type { ReactNode } from 'react';
import { type RenderResult, render } from 'vitest-browser-react';
import { type Language, startI18n } from '../../../i18n/index.ts';
import type { Session } from '../../../live/session.ts';
import { SessionProvider } from '../../session.tsx';
import '../../theme/base.css';
import '../../theme/tokens.css';

interface RenderOptions {
  readonly language?: Language;
  readonly theme?: 'light' | 'dark';
  /** CSS pixels. */
  readonly width?: number;
}

export async function renderWithSession(
  session: Session,
  part: ReactNode,
  { language = 'en', theme = 'light', width = 315 }: RenderOptions = {},
): Promise<RenderResult> {
  document.documentElement.dataset.theme = theme;
  await startI18n(language);
  return render(
    <SessionProvider value={session}>
      <div style={{ width }}>{part}</div>
    </SessionProvider>,
  );
}
