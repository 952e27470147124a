/** Offers the kinds of files that a screen can write in the page's export menu while it is in sight; writing is loaded when one is chosen. */
import { type ReactNode, useMemo } from 'react';
import { type ScreenExport, useOfferedExports } from './screenExports.ts';

/** `icons` in the order of the menu. `words` and `make` must be the same functions as long as they say and make the same. */
export function useFileExports<K extends string>(
  icons: Readonly<Record<K, ReactNode>>,
  words: (kind: K) => Pick<ScreenExport, 'label' | 'hint'>,
  make: (kind: K) => Promise<File>,
): void {
  const exports = useMemo(
    () =>
      Object.entries<ReactNode>(icons).map(([key, icon]): ScreenExport => {
        const kind = key as K;
        return {
          ...{ key, icon },
          ...words(kind),
          save: async () => {
            const [file, { download }] = await Promise.all([make(kind), import('../../live/exports.ts')]);
            download(file);
          },
        };
      }),
    [icons, words, make],
  );
  useOfferedExports(exports);
}
