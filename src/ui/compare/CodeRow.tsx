/** A column's constructor lines. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { sequenceLines } from '../../formats/layerText/constructorLines.ts';
import { columnSequence } from '../../graph/layers/columnSequence.ts';
import { codeTokens } from '../explore/layer/codeTokens.ts';
import { useWorkspace } from '../session.tsx';

export function CodeRow({ place }: { readonly place: number }) {
  const { t } = useTranslation('compare');
  const { columns, stem, outChannels, seed } = useWorkspace((state) => state.workspace.compare);
  const column = columns[place]!;
  const lines = useMemo(
    () =>
      sequenceLines(columnSequence(column, stem.channels, outChannels)).map((line, i) => ({
        // A block may have the same line twice.
        key: `${i} ${line}`,
        tokens: codeTokens(line),
      })),
    [column, stem.channels, outChannels],
  );
  return (
    <>
      <pre className="column-code">
        {lines.map(({ key, tokens }) => (
          <code key={key}>
            {tokens.map((token, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces have no identity but their place
              <span key={i} className={`code-${token.kind}`}>
                {token.text}
              </span>
            ))}
          </code>
        ))}
      </pre>
      <p className="muted">{t('seed', { seed })}</p>
    </>
  );
}
