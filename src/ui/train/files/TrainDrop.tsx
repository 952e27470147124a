/**
 * The whole screen takes files of a data set and of weights; what else is dropped goes on to the page, which shows photos and opens work.
 */
import type { DragEvent, ReactNode } from 'react';
import { filesOfDrop } from '../../components/filesOfDrop.ts';
import { useSession } from '../../session.tsx';
import { useTakeFiles } from './useTakeFiles.ts';

type Named = { readonly name: string };
const isData = ({ name }: Named) => /(ubyte|\.gz|\.bin)$/i.test(name);
const isWeights = ({ name }: Named) => /\.(safetensors|npz)$/i.test(name);

/** An exported experiment is an npz too: the list of what it holds stands at its end. */
const isExperiment = async (file: File) => (await file.slice(-4096).text()).includes('layer.json');

export function TrainDrop({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const { addData, takeWeights } = useTakeFiles();
  const take = async (files: readonly File[]) => {
    await addData(files.filter(isData));
    const weights = files.find(isWeights);
    if (weights && (await isExperiment(weights))) await session.openFile(weights);
    else if (weights) await takeWeights(weights);
  };
  const drop = (event: DragEvent) => {
    const { items, files } = event.dataTransfer;
    // A data set may come as the folder that an archive makes; what else is in it is left.
    const hasFolder = [...items].some((item) => item.webkitGetAsEntry()?.isDirectory);
    if (!hasFolder && ![...files].some((file) => isData(file) || isWeights(file))) return;
    event.preventDefault();
    void filesOfDrop(event.dataTransfer).then(take);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons beside the lists do the same by keyboard
    <div className="train" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      {children}
    </div>
  );
}
