/** The menu that copies a layer as code of each library. What a library cannot say is said before, and in the copied text itself. */
import { Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Library } from '../../../operators/conv2d/code/code.ts';
import { Button } from '../../components/Button.tsx';
import { Menu, MenuItem } from '../../components/Menu.tsx';

const libraryNames = { pytorch: 'PyTorch', keras: 'Keras', flax: 'Flax', onnx: 'ONNX' } as const satisfies Record<
  Library,
  string
>;

const libraries = Object.keys(libraryNames) as Library[];

type Copied = { readonly library: Library; readonly byHand: string | null };

/** How long "Copied" stands, in milliseconds. */
const saidFor = 2500;

interface CopyCodeProps {
  /** Somebody is about to copy: the writers may be fetched. */
  readonly onPrepare: () => void;
  readonly write: (library: Library) => Promise<string>;
  /** What the library cannot say; empty: nothing, or it is not known yet. */
  readonly hintOf: (library: Library) => string;
}

export function CopyCode({ onPrepare, write, hintOf }: CopyCodeProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<Copied | null>(null);
  useEffect(() => {
    if (!copied || copied.byHand !== null) return;
    const timer = setTimeout(() => setCopied(null), saidFor);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (library: Library) => {
    const text = await write(library);
    const byHand = await navigator.clipboard.writeText(text).then(
      () => null,
      () => text,
    );
    setCopied({ library, byHand });
  };
  const said =
    copied && copied.byHand === null ? t('layer.copy.copied', { library: libraryNames[copied.library] }) : null;

  return (
    <span className="layer-copy">
      <span role="status" className="layer-copied">
        {said}
      </span>
      <Menu
        trigger={
          <Button
            variant="quiet"
            size="small"
            icon={<Copy aria-hidden="true" />}
            aria-label={t('layer.copy.menu')}
            onPointerEnter={onPrepare}
            onFocus={onPrepare}
          >
            {t('layer.copy.button')}
          </Button>
        }
      >
        {libraries.map((library) => {
          const hint = hintOf(library);
          return (
            <MenuItem
              key={library}
              label={t('layer.copy.as', { library: libraryNames[library] })}
              onSelect={() => void copy(library)}
              {...(hint ? { hint } : {})}
            />
          );
        })}
      </Menu>
      {copied?.byHand ? <CopyByHand text={copied.byHand} onClose={() => setCopied(null)} /> : null}
    </span>
  );
}

function CopyByHand({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <span className="layer-by-hand" role="alert">
      <span>{t('layer.copy.failed')}</span>
      <textarea
        readOnly
        rows={4}
        value={text}
        aria-label={t('layer.copy.menu')}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button size="small" onClick={onClose}>
        {t('components.close')}
      </Button>
    </span>
  );
}
