/** Loads the rules that a graph needs beyond Explore's. Null where it needs none: then nobody has to wait. */
import { isEarly, type Operator } from './index.ts';

let loading: Promise<unknown> | null = null;

export function loadRules(nodes: readonly { readonly operator: Operator }[]): Promise<unknown> | null {
  if (nodes.every(({ operator }) => isEarly(operator))) return null;
  loading ??= import('./late.ts');
  return loading;
}
