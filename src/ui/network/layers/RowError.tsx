/** What is said right below a row: why its layer cannot run, or why it does not join another one. */
import type { ReactNode } from 'react';
import type { LayerRow } from '../../../views/network/table/rows.ts';
import { ErrorWords } from './ErrorWords.tsx';

export function RowError({ row, columns }: { readonly row: LayerRow; readonly columns: number }) {
  if (!row.error) return null;
  const { state } = row.error;
  return (
    <tr className="network-error">
      <td colSpan={columns}>
        <p role="status" title={state.error.message}>
          <ErrorWords state={state} />
        </p>
      </td>
    </tr>
  );
}

export function RowNote({ columns, children }: { readonly columns: number; readonly children: ReactNode }) {
  return (
    <tr className="network-note">
      <td colSpan={columns}>{children}</td>
    </tr>
  );
}
