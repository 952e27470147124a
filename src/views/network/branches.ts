/** Columns of a network's nodes, and its branches: the longest path, then the longest of what is left, until every node is on one. */
export interface LayoutNode {
  readonly id: string;
  /** Each stands before this node in the list. */
  readonly inputs: readonly string[];
}

export interface Branch {
  /** In order; each reads the one before. */
  readonly ids: readonly string[];
  /** The columns that it takes on its lane: from its first node to where its last reader stands, that one left out. */
  readonly first: number;
  readonly last: number;
  /** Of its nodes. */
  readonly columns: readonly number[];
}

/** Every node one column behind the last of those that it reads. */
export function columnsOf(nodes: readonly LayoutNode[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  for (const { id, inputs } of nodes) {
    columns.set(id, 1 + Math.max(-1, ...inputs.map((input) => columns.get(input)!)));
  }
  return columns;
}

export function branchesOf(nodes: readonly LayoutNode[], columns: ReadonlyMap<string, number>): readonly Branch[] {
  const lastReader = new Map<string, number>();
  for (const { id, inputs } of nodes)
    for (const input of inputs) lastReader.set(input, Math.max(lastReader.get(input) ?? 0, columns.get(id)!));
  const left = new Map(nodes.map((node) => [node.id, node]));
  const branches: Branch[] = [];
  while (left.size > 0) {
    const ids = longestPath([...left.values()]);
    for (const id of ids) left.delete(id);
    const end = ids.at(-1)!;
    branches.push({
      ids,
      columns: ids.map((id) => columns.get(id)!),
      first: columns.get(ids[0]!)!,
      last: Math.max(columns.get(end)!, (lastReader.get(end) ?? 0) - 1),
    });
  }
  return branches;
}

/** Of paths of the same length the one along first inputs; nodes that are not in the list are no part of it. */
function longestPath(nodes: readonly LayoutNode[]): readonly string[] {
  const before = new Map<string, string | null>();
  const length = new Map<string, number>();
  let end = nodes[0]!.id;
  for (const { id, inputs } of nodes) {
    let best: string | null = null;
    for (const input of inputs) if ((length.get(input) ?? 0) > (best === null ? 0 : length.get(best)!)) best = input;
    before.set(id, best);
    length.set(id, 1 + (best === null ? 0 : length.get(best)!));
    if (length.get(id)! > length.get(end)!) end = id;
  }
  const path: string[] = [];
  for (let at: string | null = end; at !== null; at = before.get(at) ?? null) path.unshift(at);
  return path;
}
