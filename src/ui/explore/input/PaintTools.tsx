/** Brush or eraser, its size and colour, and the way back to the bare photo. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { NumberSlider } from '../../components/NumberSlider.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { useResults, useSession, useWorkspace } from '../../session.tsx';
import { useEscape } from '../useEscape.ts';
import { type PaintMode, paintMode, usePaintMode } from './paintMode.ts';

export function PaintTools() {
  const { t } = useTranslation();
  const session = useSession();
  const { tool, size, colour } = usePaintMode((state) => state);
  const isPainted = useWorkspace((state) => state.workspace.input.painting !== null);
  const longest = useResults((state) => Math.max(state.picture?.width ?? 16, state.picture?.height ?? 16));
  const root = useRef<HTMLFieldSetElement>(null);
  // They appear above the button that calls them, in a sheet that may be scrolled down.
  useEffect(() => {
    void root.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const done = () => paintMode.setState({ isOn: false });
  useEscape(true, done);
  return (
    <fieldset ref={root} className="paint-tools" aria-label={t('input.paint.on')}>
      <div className="numbers-row">
        <SegmentedControl<PaintMode['tool']>
          label={t('input.paint.title')}
          options={[
            { value: 'brush', label: t('input.paint.brush') },
            { value: 'eraser', label: t('input.paint.eraser') },
          ]}
          value={tool}
          onChange={(next) => paintMode.setState({ tool: next })}
        />
        <input
          type="color"
          aria-label={t('input.paint.colour')}
          title={t('input.paint.colour')}
          value={colour}
          disabled={tool === 'eraser'}
          onChange={(event) => paintMode.setState({ colour: event.currentTarget.value })}
        />
        <Button size="small" disabled={!isPainted} onClick={() => void session.paint(null)}>
          {t('input.paint.clear')}
        </Button>
        <Button size="small" variant="primary" onClick={done}>
          {t('input.paint.done')}
        </Button>
      </div>
      <NumberSlider
        name={t('input.paint.size')}
        label={t('input.paint.size')}
        hint={{ text: t('input.paint.sizeHint') }}
        unit="px"
        min={1}
        max={Math.max(2, Math.round(longest / 4))}
        value={Math.min(size, Math.max(2, Math.round(longest / 4)))}
        resetValue={8}
        logarithmic
        onChange={(next) => paintMode.setState({ size: next })}
      />
    </fieldset>
  );
}
