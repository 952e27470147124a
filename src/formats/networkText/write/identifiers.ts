/** Ids of nodes as names of Python: dots become underlines, and no two nodes share one. */
import type { NodeId } from '../../../graph/graph.ts';

/** Python's keywords, and what the written module itself uses. */
const reserved = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield self super torch torchvision nn F x picture float range ' +
    'LayerNorm2d LocallyConnected2d depth_to_space space_to_depth hard_sigmoid selu ' +
    // Attributes that an nn.Module has already.
    'training forward eval train half double cpu cuda to type apply add_module buffers children modules parameters dump_patches'
  ).split(' '),
);

export function identifiersOf(ids: readonly NodeId[]): ReadonlyMap<NodeId, string> {
  const taken = new Set(reserved);
  return new Map(
    ids.map((id) => {
      const plain = id.replace(/\W/g, '_');
      const stem = /^[A-Za-z]/.test(plain) ? plain : `layer_${plain}`;
      let name = stem;
      for (let i = 2; taken.has(name); i++) name = `${stem}_${i}`;
      taken.add(name);
      return [id, name] as const;
    }),
  );
}
