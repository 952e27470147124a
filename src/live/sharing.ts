/** Work that comes and goes by link or file: the previous work always stays one undo away. */
import { pictureOf, readExperiment } from '../formats/experiment/experiment.ts';
import type { FormatError } from '../formats/formatError.ts';
import { encodePng } from '../formats/image/png.ts';
import { readStateJson, type StateFile, unpackState } from '../formats/stateFile.ts';
import { sliderEnds } from '../operators/conv2d/limits.ts';
import type { Pair } from '../operators/operator.ts';
import type { BlobStore } from '../store/blobs.ts';
import { replaceLayer } from '../store/changes.ts';
import { changeBias, editFilter } from '../store/filterChanges.ts';
import { hashesOf } from '../store/hashes.ts';
import { parseWorkspace } from '../store/parse/parseWorkspace.ts';
import { readShareLink, writeShareLink } from '../store/shareLink.ts';
import type { Workspace } from '../store/workspace.ts';
import type { WorkspaceStore } from '../store/workspaceStore.ts';
import type { Problem } from './results.ts';
import type { ShareLink } from './session.ts';

interface Desk {
  readonly workspace: WorkspaceStore;
  readonly blobs: BlobStore;
  /** Height and width of the present picture: a layer that comes without one must fit it. */
  readonly inputSize: () => Pair;
  readonly onProblem: (problem: Problem) => void;
}

/** The address that opens the present state. */
export async function shareLink(workspace: Workspace, blobs: BlobStore): Promise<ShareLink> {
  const written = await writeShareLink(workspace, blobs);
  if (written.kind === 'too-large') return written;
  const { origin, pathname } = window.location;
  // A figure in somebody else's page links to the page itself.
  const page = pathname.replace(/embed\.html$/, '');
  return { kind: 'link', url: `${origin}${page}${written.hash}`, withoutPhoto: written.withoutPhoto };
}

/** Opens the state that a link's hash holds; says what cannot be read. */
export async function openSharedLink(
  hash: string,
  { workspace, blobs, onProblem }: Omit<Desk, 'inputSize'>,
): Promise<void> {
  const read = await readShareLink(hash);
  if (!read.ok) {
    onProblem({ kind: 'file', code: read.error.code, values: read.error.values });
    return;
  }
  for (const bytes of read.value.blobs) blobs.putNow(bytes);
  workspace.getState().open(read.value.workspace);
  if (read.value.missingPhoto !== null) {
    workspace.getState().notify('photo-not-shared', { name: read.value.missingPhoto });
  }
}

async function openState(file: StateFile, name: string, { workspace, blobs, onProblem }: Desk): Promise<void> {
  const parsed = parseWorkspace(file.workspace);
  if (!parsed.ok) {
    onProblem({ kind: 'file', code: parsed.error.code, values: { ...parsed.error.values, name } });
    return;
  }
  // Bytes are named by what they are: a blob that does not have the hash that it was given is simply never asked for.
  for (const hash of hashesOf(parsed.value)) {
    const bytes = file.blobs.get(hash);
    if (bytes) await blobs.put(bytes);
  }
  workspace.getState().open(parsed.value);
  workspace.getState().notify('opened', { name });
}

async function openExperiment(
  bytes: Uint8Array,
  name: string,
  { workspace, blobs, inputSize, onProblem }: Desk,
): Promise<void> {
  const read = readExperiment(bytes);
  if (!read.ok) {
    onProblem(formatProblem(read.error, name));
    return;
  }
  const { conv, activation, weight, bias, x } = read.value;
  if (conv.inChannels > 4) {
    onProblem({ kind: 'file', code: 'channels', values: { channels: conv.inChannels } });
    return;
  }
  if (conv.outChannels > sliderEnds.outChannels) {
    onProblem({ kind: 'file', code: 'filters', values: { filters: conv.outChannels, limit: sliderEnds.outChannels } });
    return;
  }
  const picture = x && pictureOf(x);
  const png = picture && (await encodePng(picture.rgba, picture.width, picture.height));
  const hash = png && (await blobs.put(new Uint8Array(await png.arrayBuffer())));
  const store = workspace.getState();
  let work = store.workspace;
  if (picture && hash) {
    const { width, height, channels, range } = picture;
    const photo = { kind: 'file', hash, name } as const;
    const workingSize = Math.max(width, height);
    work = { ...work, input: { ...work.input, photo, workingSize, channels, range, painting: null } };
  }
  const size: Pair = picture ? [picture.height, picture.width] : inputSize();
  work = replaceLayer(work, conv, activation, size).workspace;
  const length = weight.length / conv.outChannels;
  for (let filter = 0; filter < conv.outChannels; filter++) {
    work = editFilter(work, filter, weight.slice(filter * length, (filter + 1) * length), blobs);
    work = changeBias(work, filter, bias[filter] ?? 0);
  }
  store.open(work);
  store.notify('opened', { name });
}

/** A reader's error about the file `name`; the part of the file that it names, if any, becomes `part`. */
function formatProblem({ code, values }: FormatError, name: string): Problem {
  return { kind: 'file', code, values: { ...values, part: values.name ?? '', name } };
}

/** Opens a `.convscope`, `.json` or `.npz` file. */
export async function openWork(file: File, kind: 'convscope' | 'json' | 'npz', desk: Desk): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (kind === 'npz') return openExperiment(bytes, file.name, desk);
  const state = kind === 'convscope' ? unpackState(bytes) : readStateJson(new TextDecoder().decode(bytes));
  if (state.ok) await openState(state.value, file.name, desk);
  else desk.onProblem(formatProblem(state.error, file.name));
}
