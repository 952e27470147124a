/** What Explore looks at: a layer of the network, else a layer of another kind, else its own convolution over the photo. */
import type { Workspace } from './workspace.ts';

export type Explored = 'convolution' | 'kind' | 'network';

type Looked = Pick<Workspace, 'kind' | 'networkLayer'>;

export function exploredOf({ kind, networkLayer }: Looked): Explored {
  if (networkLayer !== null) return 'network';
  return kind ? 'kind' : 'convolution';
}

/** The part of the workspace that the maps of a layer other than Explore's convolution come from; null for that one. */
export function exploredState(workspace: Looked & Pick<Workspace, 'network'>): Workspace['kind' | 'network'] {
  return workspace.networkLayer !== null ? workspace.network : workspace.kind;
}
