/** The photo desk as a worker's module: answers give their buffers away instead of copying them. */
import { expose, transfer } from 'comlink';
import { createPhotoDesk, type PhotoDesk, type PictureTensor } from './photoDesk.ts';

const desk = createPhotoDesk();

const handOver = (picture: PictureTensor) => transfer(picture, [picture.rgba.buffer, picture.values.buffer]);

expose({
  open: (file, known) => desk.open(file, known),
  picture: async (id, request) => handOver(await desk.picture(id, request)),
  frame: async (bitmap, request) => handOver(await desk.frame(bitmap, request)),
  close: (id) => desk.close(id),
} satisfies PhotoDesk);
