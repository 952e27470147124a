/** What a dropped, pasted or chosen file is for the product: the first question before any reader is asked. */
import { sniff, sniffLength } from './image/sniff.ts';

export type FileKind =
  /** A picture, or what claims to be one: `decodePhoto` decodes it or says what is wrong. */
  | 'photo'
  | 'video'
  /** A state with everything it names. */
  | 'convscope'
  /** Text that begins as JSON does: an exported state. */
  | 'json'
  /** An exported experiment. */
  | 'npz'
  | 'unknown';

const pictureNames = /\.(png|jpe?g|jfif|webp|avif|gif|bmp|hei[cf]|tiff?|svg)$/i;

/** The name of the first file in a ZIP archive, from its first bytes. */
function firstEntry(head: Uint8Array): string {
  if (head.length < 30) return '';
  const length = head[26]! | (head[27]! << 8);
  return new TextDecoder().decode(head.subarray(30, 30 + length));
}

function kindOfZip(head: Uint8Array, name: string): FileKind {
  const entry = firstEntry(head);
  if (entry.endsWith('.npy') || entry === 'layer.json' || /\.npz$/i.test(name)) return 'npz';
  return entry === 'workspace.json' || entry.startsWith('blobs/') || /\.convscope$/i.test(name)
    ? 'convscope'
    : 'unknown';
}

/** Looks at the first bytes, and at the name only where bytes do not tell. Rejects when the file cannot be read. */
export async function identifyFile(file: Blob): Promise<FileKind> {
  const name = 'name' in file ? String(file.name) : '';
  const head = new Uint8Array(await file.slice(0, sniffLength).arrayBuffer());
  const sniffed = sniff(head);
  const claimsPicture = file.type.startsWith('image/') || pictureNames.test(name);
  switch (sniffed.kind) {
    case 'photo':
    case 'heic':
    case 'other-image':
      return 'photo';
    case 'video':
      return claimsPicture ? 'photo' : 'video';
    case 'other':
      if (sniffed.found === 'ZIP') return kindOfZip(head, name);
      // An empty file is a photo that failed: that is the sentence people need.
      if (claimsPicture || file.size === 0) return 'photo';
      if (/\.convscope$/i.test(name)) return 'convscope';
      if (/\.npz$/i.test(name)) return 'npz';
      if (/\.json$/i.test(name)) return 'json';
      if (sniffed.found === 'text' && /^\s*\{/.test(new TextDecoder().decode(head))) return 'json';
      return file.type.startsWith('video/') ? 'video' : 'unknown';
    default:
      return sniffed satisfies never;
  }
}
