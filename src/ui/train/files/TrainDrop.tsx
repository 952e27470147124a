/** The whole screen takes files of a data set; what else is dropped goes on to the page, which shows photos and opens work. */
import type { DragEvent, ReactNode } from 'react';
import { filesOfDrop } from '../../components/filesOfDrop.ts';
import { useAddData } from './useAddData.ts';

const isData = ({ name }: { readonly name: string }) => /(ubyte|\.gz|\.bin)$/i.test(name);

export function TrainDrop({ children }: { readonly children: ReactNode }) {
  const add = useAddData();
  const drop = (event: DragEvent) => {
    const { items, files } = event.dataTransfer;
    // A data set may come as the folder that an archive makes; what else is in it is left.
    const hasFolder = [...items].some((item) => item.webkitGetAsEntry()?.isDirectory);
    if (!hasFolder && ![...files].some(isData)) return;
    event.preventDefault();
    void filesOfDrop(event.dataTransfer).then((all) => add(all.filter(isData)));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside the list does the same by keyboard
    <div className="train" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      {children}
    </div>
  );
}
