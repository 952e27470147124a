/**
 * The text expander for `.wgsl` files. What makes a register tile fast is that it is written out: accumulators with names of
 * their own instead of an indexed array (2.4x on SwiftShader). A shader therefore says
 *
 *     //#include NAME          a snippet of shaders/lib, at most once per program
 *     //#for j in 0..P         its body once per integer 0 <= j < P, until the matching //#end
 *     //#if COND  //#else  //#end
 *     a_$j_$(v+1)              a constant, a loop variable or an integer expression, in the text
 *
 * Names have no underscore, so that `$j_$v` reads as two of them. Numbers are integers; a comparison is 1 or 0.
 */
import { type Constants, evaluate } from './expression.ts';

export type { Constants } from './expression.ts';

type Node =
  | { readonly kind: 'text'; readonly line: string }
  | { readonly kind: 'include'; readonly name: string }
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly from: string;
      readonly to: string;
      readonly body: readonly Node[];
    }
  | {
      readonly kind: 'if';
      readonly condition: string;
      readonly whenTrue: readonly Node[];
      readonly whenFalse: readonly Node[];
    };

const directive = /^\s*\/\/#(\w+)\s*(.*?)\s*$/;

/** The program's WGSL. Throws on an unknown name, an unknown snippet or an unmatched directive: a mistake in a shader file. */
export function expand(source: string, constants: Constants, snippets: Readonly<Record<string, string>>): string {
  const included = new Set<string>();
  const out: string[] = [];

  const write = (nodes: readonly Node[], scope: Constants): void => {
    for (const node of nodes) {
      switch (node.kind) {
        case 'text':
          out.push(substitute(node.line, scope));
          break;
        case 'include': {
          const snippet = snippets[node.name];
          if (snippet === undefined) throw new Error(`no snippet named ${node.name}`);
          if (included.has(node.name)) break;
          included.add(node.name);
          write(parse(snippet), scope);
          break;
        }
        case 'for': {
          const from = evaluate(node.from, scope);
          const to = evaluate(node.to, scope);
          for (let i = from; i < to; i++) write(node.body, { ...scope, [node.name]: i });
          break;
        }
        case 'if':
          write(evaluate(node.condition, scope) !== 0 ? node.whenTrue : node.whenFalse, scope);
          break;
        default:
          node satisfies never;
      }
    }
  };
  write(parse(source), constants);
  return out.join('\n');
}

/** `$name` and `$(expression)`; an expression may hold parentheses of its own, nested once. */
function substitute(line: string, scope: Constants): string {
  return line.replace(/\$(?:\(((?:[^()]|\([^()]*\))*)\)|([A-Za-z][A-Za-z0-9]*))/g, (_, expression, name) =>
    String(evaluate(expression ?? name, scope)),
  );
}

function parse(source: string): readonly Node[] {
  const lines = source.split('\n');
  let at = 0;

  const block = (closers: readonly string[]): { nodes: Node[]; closer: string } => {
    const nodes: Node[] = [];
    while (at < lines.length) {
      const line = lines[at++]!;
      const match = directive.exec(line);
      if (match === null) {
        nodes.push({ kind: 'text', line });
        continue;
      }
      const [, word, rest] = match as unknown as [string, string, string];
      if (closers.includes(word)) return { nodes, closer: word };
      switch (word) {
        case 'include':
          nodes.push({ kind: 'include', name: rest });
          break;
        case 'for': {
          const range = /^([A-Za-z][A-Za-z0-9]*) in (.+)\.\.(.+)$/.exec(rest);
          if (range === null) throw new Error(`line ${at}: expected "for NAME in A..B", found "for ${rest}"`);
          const [, name, from, to] = range as unknown as [string, string, string, string];
          nodes.push({ kind: 'for', name, from, to, body: block(['end']).nodes });
          break;
        }
        case 'if': {
          const whenTrue = block(['else', 'end']);
          const whenFalse = whenTrue.closer === 'else' ? block(['end']).nodes : [];
          nodes.push({ kind: 'if', condition: rest, whenTrue: whenTrue.nodes, whenFalse });
          break;
        }
        default:
          throw new Error(`line ${at}: unexpected //#${word}`);
      }
    }
    if (closers.length > 0) throw new Error(`missing //#${closers.at(-1)}`);
    return { nodes, closer: '' };
  };
  return block([]).nodes;
}
