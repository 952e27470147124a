/**
 * The layer as its constructor call, always editable: a text field whose colours are drawn by the same text behind it. What is typed
 * or pasted is read as PyTorch, Keras, Flax or ONNX and applied, or refused in the library's words with what to take instead.
 */
import { type ClipboardEvent, type KeyboardEvent, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeRefusal, type CodeRefusalProps } from './CodeRefusal.tsx';
import { codeTokens } from './codeTokens.ts';
import { useCodeEditing } from './useCodeEditing.ts';

export interface CodeFieldProps {
  readonly text: string;
  readonly isDraft: boolean;
  readonly refusal: Omit<CodeRefusalProps, 'id' | 'onRevert'> | null;
  readonly type: (text: string) => void;
  /** Reads the text and makes it the layer, or keeps it as a draft and says why not. */
  readonly apply: (text: string) => void;
  readonly revert: () => void;
  /** Takes pasted text for a whole layer when it is one; false leaves the pasting to the field. */
  readonly paste: (text: string) => boolean;
}

export function CodeLine() {
  const { refusal, apply, take, ...editing } = useCodeEditing();
  const suggestion = refusal?.suggestion;
  const offer = suggestion ? { suggestion, onTake: () => take(suggestion.layer) } : null;
  return <CodeField {...editing} apply={(text) => void apply(text)} refusal={refusal && { error: refusal, offer }} />;
}

export function CodeField({ text, isDraft, refusal, type, apply, revert, paste }: CodeFieldProps) {
  const { t } = useTranslation();
  const hint = useId();
  const refusalId = useId();
  const tokens = useMemo(() => codeTokens(text), [text]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // A line may be added with Shift+Enter; while a Korean syllable is composed, Enter ends the syllable.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      apply(event.currentTarget.value);
    } else if (event.key === 'Escape' && isDraft) {
      event.preventDefault();
      event.stopPropagation();
      revert();
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    if (paste(event.clipboardData.getData('text/plain'))) event.preventDefault();
  };

  return (
    <div className="layer-code" data-refused={refusal !== null}>
      <div className="layer-code-field" data-lines={text.includes('\n') ? 'many' : 'one'}>
        <pre className="layer-code-text" aria-hidden="true">
          {tokens.map((token, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces have no identity but their place
            <span key={index} className={`code-${token.kind}`}>
              {token.text}
            </span>
          ))}
          {/* An empty last line has no height of its own. */}
          {text === '' || text.endsWith('\n') ? '\u200b' : null}
        </pre>
        <textarea
          className="layer-code-input"
          aria-label={t('layer.code.label')}
          aria-describedby={refusal ? `${refusalId} ${hint}` : hint}
          aria-invalid={refusal !== null}
          value={text}
          rows={1}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={(event) => isDraft && apply(event.target.value)}
        />
      </div>
      <p id={hint} className="sr-only">
        {t('layer.code.hint')}
      </p>
      {refusal ? <CodeRefusal id={refusalId} {...refusal} onRevert={revert} /> : null}
    </div>
  );
}
