/** The button named Export and its menu: every file that the experiment can be taken home as. An item downloads at once. */
import { Braces, Download, FileArchive, FileCode, Image, Package, Table } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportKind } from '../../live/session.ts';
import { Button } from '../components/Button.tsx';
import { Menu, MenuItem } from '../components/Menu.tsx';
import { useResults, useSession } from '../session.tsx';
import { exportKinds } from './actions.ts';
import { say } from './messages.ts';
import { useScreenExports } from './screenExports.ts';
import { usePictureWords } from './usePictureWords.ts';

const icons: Readonly<Record<ExportKind, ReactNode>> = {
  npz: <FileArchive aria-hidden="true" />,
  png: <Image aria-hidden="true" />,
  csv: <Table aria-hidden="true" />,
  json: <Braces aria-hidden="true" />,
  pytorch: <FileCode aria-hidden="true" />,
  convscope: <Package aria-hidden="true" />,
};
/** What a person has chosen, whatever the screen. */
const ofState: ReadonlySet<ExportKind> = new Set(['json', 'convscope']);
/** These need maps; the others only the state. */
const ofMaps: ReadonlySet<ExportKind> = new Set(['npz', 'png', 'csv', 'pytorch']);

export function ExportMenu() {
  const { t } = useTranslation();
  const session = useSession();
  const pictureWords = usePictureWords();
  const hasMaps = useResults((state) => state.output !== null);

  const ofScreen = useScreenExports();
  const kinds = ofScreen ? exportKinds.filter((kind) => ofState.has(kind)) : exportKinds;

  const save = (kind: ExportKind) =>
    watch(kind === 'png' ? session.exportPicture(pictureWords) : session.exportAs(kind));
  const watch = (saved: Promise<void>) => {
    saved.catch((error: unknown) => {
      if (error instanceof Error && error.name === 'NoMapsError') say(t('shell.export.noMaps'));
      else say(t('shell.export.failed', { reason: error instanceof Error ? error.message : String(error) }));
    });
  };

  return (
    <Menu
      trigger={
        <Button icon={<Download className="phone-only" aria-hidden="true" />}>
          <span className="wide-words">{t('shell.actions.export')}</span>
        </Button>
      }
    >
      {ofScreen?.map(({ key, save: start, ...words }) => (
        <MenuItem key={key} {...words} onSelect={() => watch(start())} />
      ))}
      {kinds.map((kind) => (
        <MenuItem
          key={kind}
          icon={icons[kind]}
          label={t(`shell.export.${kind}`)}
          hint={t(`shell.export.${kind}Hint`)}
          disabled={!hasMaps && ofMaps.has(kind)}
          onSelect={() => save(kind)}
        />
      ))}
    </Menu>
  );
}
