/** The network as PyTorch code, out and in: a module that runs as it stands, or a sequence of layers where it is one; any edit or paste is read back. */
import { useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readNetwork } from '../../../formats/networkText/readModule.ts';
import { writeModule } from '../../../formats/networkText/writeModule.ts';
import { writeSequential } from '../../../formats/networkText/writeSequential.ts';
import { unkept, withGraph } from '../../../live/network/layersText.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import type { OperatorError } from '../../../operators/operator.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { useWorkspace } from '../../session.tsx';
import { useReason } from '../useReason.ts';

interface CodeDialogProps {
  readonly plan: NetworkPlan;
  /** Code from the clipboard, to begin with. */
  readonly pasted: string | null;
  readonly onClose: () => void;
}

export default function CodeDialog({ plan, pasted, onClose }: CodeDialogProps) {
  const { t } = useTranslation('network');
  const reasonOf = useReason();
  const setNetwork = useWorkspace((state) => state.setNetwork);
  const errorId = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const written = useMemo(() => {
    // As it is built: levers stay what they are, and are no part of it.
    const { graph, shapes } = plan.base;
    return { module: writeModule(graph, shapes), sequential: writeSequential(graph, shapes) };
  }, [plan]);
  const [form, setForm] = useState<'module' | 'sequential'>(written.sequential === null ? 'module' : 'sequential');
  const [draft, setDraft] = useState<string | null>(pasted);
  const [error, setError] = useState<OperatorError | null>(null);
  const [copied, setCopied] = useState(false);
  const text = draft ?? (form === 'sequential' ? written.sequential : null) ?? written.module.text;

  const take = () => {
    const read = readNetwork(text, plan.input);
    if (!read.ok) {
      setError(read.error);
      const { line } = read.error.values;
      if (area.current && typeof line === 'number') selectLine(area.current, line);
      return;
    }
    const [first] = unkept(read.value, plan.input);
    if (first) return setError(first.error);
    setNetwork(null, (now) => ({ ...withGraph(now, read.value, plan.input), off: [] }));
    onClose();
  };
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="wide"
      title={t('code.title')}
      footer={
        <>
          <Button onClick={() => void copy()}>{copied ? t('code.copied') : t('code.copy')}</Button>
          <Button variant="primary" disabled={draft === null} onClick={take}>
            {t('code.take')}
          </Button>
        </>
      }
    >
      <div className="network-code">
        {written.sequential !== null && (
          <SegmentedControl
            label={t('code.form')}
            value={form}
            options={[
              { value: 'sequential', label: 'nn.Sequential' },
              { value: 'module', label: 'nn.Module' },
            ]}
            onChange={(next) => {
              setForm(next);
              setDraft(null);
              setError(null);
            }}
          />
        )}
        <p className="muted">{t('code.hint')}</p>
        <textarea
          ref={area}
          className="mono"
          aria-label={t('code.label')}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : errorId}
          value={text}
          rows={Math.min(28, Math.max(10, text.split('\n').length))}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          onChange={(event) => {
            setDraft(event.currentTarget.value);
            setError(null);
            setCopied(false);
          }}
        />
        {error !== null && (
          <p id={errorId} role="alert" className="network-problem">
            {reasonOf(error)} <q lang="en">{error.message}</q>
          </p>
        )}
      </div>
    </Dialog>
  );
}

/** Marks a line, from 1, and brings it into sight. */
function selectLine(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((at, each) => at + each.length + 1, 0);
  const text = lines[line - 1] ?? '';
  const indent = text.length - text.trimStart().length;
  area.focus();
  area.setSelectionRange(start + indent, start + text.length);
  area.scrollTop = ((line - 1) / lines.length) * area.scrollHeight - area.clientHeight / 2;
}
