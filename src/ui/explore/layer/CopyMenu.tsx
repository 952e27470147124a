/** Copies the layer as code of each library. What a library cannot say is said before, and in the copied text itself. */
import { Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { activationAfter, convOf } from '../../../graph/explore.ts';
import type { Library } from '../../../operators/conv2d/code/code.ts';
import { Button } from '../../components/Button.tsx';
import { Menu, MenuItem } from '../../components/Menu.tsx';
import { useSession } from '../../session.tsx';
import { useActivation, useConv } from './useLayer.ts';

const libraryNames = { pytorch: 'PyTorch', keras: 'Keras', flax: 'Flax', onnx: 'ONNX' } as const satisfies Record<
  Library,
  string
>;

const libraries = Object.keys(libraryNames) as Library[];

/** The writers of all libraries are fetched when somebody is about to copy. */
const loadWriter = () => import('../../../formats/layerText/writeLayer.ts');
type Writer = Awaited<ReturnType<typeof loadWriter>>['writeLayer'];

type Copied = { readonly library: Library; readonly byHand: string | null };

/** How long "Copied" stands, in milliseconds. */
const saidFor = 2500;

export function CopyMenu() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const [copied, setCopied] = useState<Copied | null>(null);
  const [writer, setWriter] = useState<{ readonly write: Writer } | null>(null);
  const prepare = () => {
    if (!writer) void loadWriter().then(({ writeLayer }) => setWriter({ write: writeLayer }));
  };
  useEffect(() => {
    if (!copied || copied.byHand !== null) return;
    const timer = setTimeout(() => setCopied(null), saidFor);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (library: Library) => {
    const { graph, focus } = workspace.getState().workspace;
    const { writeLayer } = await loadWriter();
    const { text } = writeLayer(convOf(graph, focus), activationAfter(graph, focus), library);
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
            onPointerEnter={prepare}
            onFocus={prepare}
          >
            {t('layer.copy.button')}
          </Button>
        }
      >
        {libraries.map((library) => (
          <CopyItem key={library} library={library} write={writer?.write ?? null} onCopy={() => void copy(library)} />
        ))}
      </Menu>
      {copied?.byHand ? <CopyByHand text={copied.byHand} onClose={() => setCopied(null)} /> : null}
    </span>
  );
}

interface CopyItemProps {
  readonly library: Library;
  /** Null until it is loaded: then the item also says what the library cannot say. */
  readonly write: Writer | null;
  readonly onCopy: () => void;
}

function CopyItem({ library, write, onCopy }: CopyItemProps) {
  const { t } = useTranslation();
  const conv = useConv();
  const activation = useActivation();
  const notes = write?.(conv, activation, library).notes ?? [];
  const hint = notes.length > 0 ? { hint: notes.map((note) => t(`layer.copy.note.${note}`)).join(' ') } : {};
  return <MenuItem label={t('layer.copy.as', { library: libraryNames[library] })} onSelect={onCopy} {...hint} />;
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
