import { expect, it } from 'vitest';
import { filesOfDrop } from './filesOfDrop.ts';

const file = (name: string) => ({
  ...{ name, isFile: true, isDirectory: false },
  file: (take: (file: File) => void) => take(new File([], name)),
});
const folder = (name: string, ...parts: readonly (readonly object[])[]) => ({
  ...{ name, isFile: false, isDirectory: true },
  createReader() {
    const left = [...parts];
    return { readEntries: (take: (part: readonly object[]) => void) => take(left.shift() ?? []) };
  },
});
const drop = (...entries: readonly object[]) =>
  ({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })), files: [] }) as unknown as DataTransfer;
const names = async (data: DataTransfer) => (await filesOfDrop(data)).map(({ name }) => name);

it('files and folders give their files, part by part and folder in folder, by number', async () => {
  const inner = folder('b', [file('x.png')]);
  const outer = folder('photos', [file('10.png'), file('2.png')], [inner, file('1.png')]);
  expect(await names(drop(file('first.jpg'), outer))).toEqual(['first.jpg', '1.png', '2.png', '10.png', 'x.png']);
});

it('where the browser knows no entries the plain list is taken', async () => {
  const data = { items: [], files: [new File([], 'a.png')] } as unknown as DataTransfer;
  expect(await names(data)).toEqual(['a.png']);
});
