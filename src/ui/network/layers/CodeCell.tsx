/** The layers of a row as code: the first with its module's prefix, what follows it quieter; numbers can be changed where they stand. */
import { useTranslation } from 'react-i18next';
import type { GraphNode } from '../../../graph/graph.ts';
import { attributeFields } from '../../../graph/network/attributes/fields.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { codePieces, codeText } from '../../../views/network/table/code.ts';
import type { LayerRow } from '../../../views/network/table/rows.ts';
import { withNumber } from '../../../views/network/table/setNumber.ts';
import { NumberToken } from './NumberToken.tsx';
import { type LayerEdits, shapesRead } from './useEdits.ts';

interface CodeCellProps {
  readonly row: LayerRow;
  readonly plan: NetworkPlan;
  readonly edits: LayerEdits;
  readonly isTabStop: boolean;
}

export function CodeCell({ row, plan, edits, isTabStop }: CodeCellProps) {
  const { t } = useTranslation('network');
  if (row.number === 0)
    return (
      <span className="network-code-line">
        <span className="network-picture">{t('layers.picture')}</span>
      </span>
    );
  const text = row.nodes.map((node) => codeText(codePieces(node))).join(', ');
  return (
    <span className="network-code-line mono" title={text}>
      {row.nodes.map((node, i) => (
        <span
          key={node.id}
          className={i === 0 ? 'network-head-code' : 'network-follower'}
          data-off={row.off.has(node.id)}
        >
          {i > 0 && ', '}
          <NodeCode node={node} plan={plan} edits={edits} isTabStop={isTabStop} isHead={i === 0} />
        </span>
      ))}
    </span>
  );
}

interface NodeCodeProps extends Omit<CodeCellProps, 'row'> {
  readonly node: GraphNode;
  readonly isHead: boolean;
}

function NodeCode({ node, plan, edits, isTabStop, isHead }: NodeCodeProps) {
  const fieldOf = (wanted: string) =>
    attributeFields(node.operator, shapesRead(plan, node.id)).find(({ key }) => key === wanted);
  return codePieces(node).map((piece, i) => {
    // The pieces have no identity but their place, which stays while a number in them is dragged.
    const key = `${i}`;
    switch (piece.kind) {
      case 'number': {
        const { attribute } = piece;
        if (attribute === null)
          return (
            <span key={key} className="code-derived">
              {piece.text}
            </span>
          );
        return (
          <NumberToken
            key={key}
            piece={{ ...piece, attribute }}
            layer={node.id}
            isTabStop={isTabStop}
            fieldOf={fieldOf}
            onChange={(value) =>
              edits.setAttribute(node.id, attribute.key, (operator) =>
                withNumber(operator, attribute.key, attribute.place, value),
              )
            }
          />
        );
      }
      case 'module':
        return isHead ? (
          <span key={key} className="code-module">
            {piece.text}
          </span>
        ) : null;
      case 'operand':
      case 'plain':
      case 'string':
      case 'constant':
        return (
          <span key={key} className={`code-${piece.kind}`}>
            {piece.text}
          </span>
        );
      default:
        return piece satisfies never;
    }
  });
}
