/** Opens the page's one file input from anywhere: the input stands first in the page, the Upload button in its panel. */
import { createContext, useContext } from 'react';

const FileDialogContext = createContext<() => void>(() => undefined);

export const FileDialogProvider = FileDialogContext.Provider;

export function useFileDialog(): () => void {
  return useContext(FileDialogContext);
}
