/** What a file's name or MIME type claims that it is, when that is a picture. Bytes decide; the claim is for what is said about them. */
import type { PhotoFormat } from './photo.ts';

const imageEndings = /\.(png|jpe?g|jfif|webp|avif|gif|bmp|hei[cf]|tiff?)$/i;

/** 'JPG', 'PNG', 'HEIC', ...; null where nothing is claimed. The name comes before the type, which browsers take from it. */
export function claimOf(file: Blob): string | null {
  const ending = imageEndings.exec('name' in file ? String(file.name) : '')?.[1];
  if (ending) return ending.toUpperCase();
  return file.type.startsWith('image/') ? file.type.slice(6).toUpperCase() : null;
}

const otherNames: Readonly<Record<string, PhotoFormat>> = {
  JPG: 'JPEG',
  JFIF: 'JPEG',
  PJPEG: 'JPEG',
  'X-MS-BMP': 'BMP',
};

/** Whether the claim 'JPG', 'JFIF', 'JPEG', ... means this format. */
export function isClaimFor(claim: string, format: PhotoFormat): boolean {
  return (otherNames[claim] ?? claim).toUpperCase() === format.toUpperCase();
}
