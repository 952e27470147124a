/**
 * Splits a constructor call into coloured pieces: numbers (in the weights' colour), strings, module prefixes, the rest. Whatever is
 * typed is shown: the pieces joined are the text again.
 */

export type CodeTokenKind = 'number' | 'string' | 'module' | 'constant' | 'plain';

export interface CodeToken {
  readonly kind: CodeTokenKind;
  readonly text: string;
}

const pattern =
  /(?<string>'[^'\n]*'?|"[^"\n]*"?)|(?<constant>\b(?:True|False|None)\b)|(?<module>\b[A-Za-z_]\w*\.)|(?<word>[A-Za-z_]\w*)|(?<number>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)/g;

export function codeTokens(code: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  const push = (kind: CodeTokenKind, text: string) => {
    const last = tokens.at(-1);
    if (kind === 'plain' && last?.kind === 'plain') tokens[tokens.length - 1] = { kind, text: last.text + text };
    else if (text !== '') tokens.push({ kind, text });
  };
  let at = 0;
  for (const match of code.matchAll(pattern)) {
    push('plain', code.slice(at, match.index));
    push(kindOf(match.groups ?? {}), match[0]);
    at = match.index + match[0].length;
  }
  push('plain', code.slice(at));
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): CodeTokenKind {
  if (groups.string !== undefined) return 'string';
  if (groups.constant !== undefined) return 'constant';
  if (groups.module !== undefined) return 'module';
  if (groups.number !== undefined) return 'number';
  return 'plain';
}
