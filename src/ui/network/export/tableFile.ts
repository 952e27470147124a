/** The table of prices as a file, named after the photo. */
import { exportName } from '../../../formats/exportNames.ts';
import { networkCsv, networkMarkdown } from '../../../formats/networkTable.ts';
import type { PriceTable } from '../../../graph/price/table.ts';

export function makeTableFile(kind: 'csv' | 'markdown', price: PriceTable, photo: string): File {
  switch (kind) {
    case 'csv':
      return new File([networkCsv(price)], exportName('networkCsv', photo), { type: 'text/csv' });
    case 'markdown':
      return new File([networkMarkdown(price)], exportName('networkMarkdown', photo), { type: 'text/markdown' });
    default:
      return kind satisfies never;
  }
}
