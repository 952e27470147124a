/**
 * A whole workspace as a file. `.convscope` is a ZIP of `workspace.json` and everything that the state names by content hash
 * (`blobs/HASH`); `.json` is the state with its small blobs (edited filters) inside, in base64. What a workspace is, is not known
 * here: `workspace` goes through the store's own tolerant reader, and a blob whose bytes do not have its hash is never found.
 */
import { type FormatResult, formatError } from './formatError.ts';
import { packZip, unpackZip } from './zip.ts';

export const stateFileVersion = 1;

export interface StateFile {
  /** As parsed from JSON; unchecked. */
  readonly workspace: unknown;
  /** By content hash (SHA-256, hex). The bytes have not been hashed again. */
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

const malformed = formatError('file-malformed', { format: 'ConvScope' });
const foreign = formatError('not-a-workspace');
const hashPattern = /^[0-9a-f]{64}$/;

interface StateHeader {
  readonly format: 'convscope';
  readonly version: number;
  readonly workspace: unknown;
}

const headerOf = (workspace: unknown): StateHeader => ({ format: 'convscope', version: stateFileVersion, workspace });

function parseHeader(text: string): FormatResult<Readonly<Record<string, unknown>>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return malformed;
  }
  if (typeof parsed !== 'object' || parsed === null) return foreign;
  const fields = parsed as Readonly<Record<string, unknown>>;
  if (fields.format !== 'convscope') return foreign;
  if (typeof fields.version !== 'number' || !('workspace' in fields)) return malformed;
  if (fields.version > stateFileVersion) return formatError('file-unsupported', { version: fields.version });
  return { ok: true, value: fields };
}

/** The bytes of a `.convscope` file. */
export function packState(workspace: unknown, blobs: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const files = new Map<string, Uint8Array>();
  files.set('workspace.json', new TextEncoder().encode(JSON.stringify(headerOf(workspace))));
  for (const [hash, bytes] of blobs) files.set(`blobs/${hash}`, bytes);
  return packZip(files);
}

/** Reads a `.convscope` file. */
export function unpackState(bytes: Uint8Array): FormatResult<StateFile> {
  const files = unpackZip(bytes);
  if (!files.ok) return files;
  const text = files.value.get('workspace.json');
  if (!text) return formatError('file-incomplete', { name: 'workspace.json' });
  const header = parseHeader(new TextDecoder().decode(text));
  if (!header.ok) return header;
  const blobs = new Map<string, Uint8Array>();
  for (const [name, content] of files.value) {
    const hash = name.startsWith('blobs/') ? name.slice(6) : '';
    if (hashPattern.test(hash)) blobs.set(hash, content);
  }
  return { ok: true, value: { workspace: header.value.workspace, blobs } };
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

/** The text of a state's `.json` file. Give it the edited filters; photos belong into a `.convscope`. */
export function exportJson(workspace: unknown, blobs: ReadonlyMap<string, Uint8Array>): string {
  const encoded = Object.fromEntries([...blobs].map(([hash, bytes]) => [hash, toBase64(bytes)]));
  return `${JSON.stringify({ ...headerOf(workspace), blobs: encoded }, null, 2)}\n`;
}

/** Reads a state's `.json` file. */
export function readStateJson(text: string): FormatResult<StateFile> {
  const header = parseHeader(text);
  if (!header.ok) return header;
  const blobs = new Map<string, Uint8Array>();
  for (const [hash, encoded] of Object.entries(header.value.blobs ?? {})) {
    const bytes = hashPattern.test(hash) && typeof encoded === 'string' ? fromBase64(encoded) : null;
    if (bytes) blobs.set(hash, bytes);
  }
  return { ok: true, value: { workspace: header.value.workspace, blobs } };
}
