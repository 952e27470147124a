/** Where a photo comes from: a file, the camera, the clipboard; and painting on it. While a camera is live, its controls instead. */
import { Camera, ClipboardPaste, Paintbrush, Pause, Square, Upload } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../../components/Button.tsx';
import { useSession } from '../../session.tsx';
import { useFileDialog } from '../../shell/fileDialog.ts';
import { say } from '../../shell/messages.ts';
import { paintMode, usePaintMode } from './paintMode.ts';

export function PhotoSources() {
  const { t } = useTranslation();
  const session = useSession();
  const openFileDialog = useFileDialog();
  const { status } = useStore(session.camera);
  const isPainting = usePaintMode((state) => state.isOn);

  const paste = async () => {
    const answer = await pictureOfClipboard();
    if (answer instanceof File) void session.openFile(answer);
    else say(t(answer === 'empty' ? 'input.pasteEmpty' : 'input.pasteRefused', { keys: pasteKeys }));
  };

  if (status !== 'off') {
    return (
      <div className="photo-sources">
        <Button
          variant="primary"
          icon={<Pause aria-hidden="true" />}
          disabled={status !== 'live'}
          onClick={() => void session.freeze()}
        >
          {t('input.freeze')}
        </Button>
        <Button icon={<Square aria-hidden="true" />} onClick={() => session.stopCamera()}>
          {t('input.stop')}
        </Button>
      </div>
    );
  }
  return (
    <div className="photo-sources">
      <Button icon={<Upload aria-hidden="true" />} onClick={openFileDialog}>
        {t('input.upload')}
      </Button>
      <Button icon={<Camera aria-hidden="true" />} onClick={() => void session.startCamera()}>
        {t('input.camera')}
      </Button>
      <Button icon={<ClipboardPaste aria-hidden="true" />} onClick={() => void paste()}>
        {t('input.paste')}
      </Button>
      <Button
        icon={<Paintbrush aria-hidden="true" />}
        aria-pressed={isPainting}
        onClick={() => paintMode.setState({ isOn: !isPainting })}
      >
        {t('input.paint.title')}
      </Button>
    </div>
  );
}

const pasteKeys = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘V' : 'Ctrl+V';

/** The clipboard's picture as a file; 'refused' where the browser does not let a page read it. */
async function pictureOfClipboard(): Promise<File | 'empty' | 'refused'> {
  try {
    for (const item of await navigator.clipboard.read()) {
      const type = item.types.find((known) => known.startsWith('image/'));
      if (type) return new File([await item.getType(type)], `clipboard.${type.slice(6)}`, { type });
    }
    return 'empty';
  } catch {
    return 'refused';
  }
}
