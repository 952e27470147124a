/** The state as a figure for somebody's own page: a plain frame, or our element, which is as high as what it shows. */
import { useTranslation } from 'react-i18next';
import { Button } from '../components/Button.tsx';
import { say } from './messages.ts';
import './snippets.css';

/** A frame cannot follow its content by itself: so high is a figure of Explore with its layer folded, CSS pixels. */
const frameHeight = 520;

interface EmbedSnippetsProps {
  readonly url: string;
  readonly lang: string;
  readonly isOpen?: boolean;
}

export function EmbedSnippets({ url, lang, isOpen = false }: EmbedSnippetsProps) {
  const { t } = useTranslation('embed');
  const [page = '', state = ''] = url.split('#');
  const at = (file: string) => new URL(file, page).href;
  const frame = `<iframe src="${at('embed.html')}?lang=${lang}#${state}" title="ConvScope" width="100%" height="${frameHeight}" loading="lazy" style="border:0"></iframe>`;
  const element = `<script async src="${at('conv-scope.js')}"></script>\n<conv-scope state="${state}" lang="${lang}"></conv-scope>`;
  return (
    <details className="share-embed" open={isOpen}>
      <summary>{t('title')}</summary>
      <Snippet label={t('element')} text={element} />
      <Snippet label={t('frame')} text={frame} />
    </details>
  );
}

function Snippet({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useTranslation('embed');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => say(t('copied')),
      () => say(t('copyByHand')),
    );
  return (
    <div className="share-snippet">
      <p>{label}</p>
      <textarea
        aria-label={label}
        className="mono"
        readOnly
        rows={3}
        spellCheck={false}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button size="small" onClick={() => void copy()}>
        {t('copy')}
      </Button>
    </div>
  );
}
