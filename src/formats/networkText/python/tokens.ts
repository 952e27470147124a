/** Python text → logical lines: tokens with their places, the indentation, and the comment behind. Brackets hold lines together. */
import { reading, refuse } from '../../../operators/codeValues.ts';

export interface Place {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface Token extends Place {
  readonly kind: 'number' | 'string' | 'name' | 'sign' | 'end';
  /** Of a string what stands between the quotes. */
  readonly text: string;
  /** Of a string: it begins with `f`, and braces in it stand for values. */
  readonly isFormatted?: boolean;
}

export interface Line extends Place {
  readonly indent: number;
  /** Ends with a token of kind 'end'. */
  readonly tokens: readonly Token[];
  /** The text behind `#`, without blanks around. */
  readonly comment: string | null;
}

const pattern =
  /(?<blank>[ \t\r\f]+|\\\r?\n)|(?<comment>#[^\n]*)|(?<newline>\n)|(?<long>[rRbBuUfF]?(?:"""[\s\S]*?"""|'''[\s\S]*?'''))|(?<string>[rRbBuUfF]?(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"))|(?<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<sign>\*\*=?|\/\/=?|->|[-+*/%@]=|==|!=|<=|>=|[()[\]{},:;.=+\-*/%@<>|&~])/gmuy;

/** Ends the reading with Python's sentence and the place. */
export function syntaxError(message: string, { line, column }: Place, sign = ''): never {
  return refuse('python-syntax', `SyntaxError: ${message} (line ${line}, column ${column})`, { line, column, sign });
}

/** Ends the reading with a sentence about what stands at a place. */
export function refuseAt(
  code: string,
  message: string,
  { line, column }: Place,
  values: Readonly<Record<string, number | string>> = {},
): never {
  return refuse(code, `${message} (line ${line}, column ${column})`, { ...values, line, column });
}

/** What a reader of a call refuses is said with its place. */
export function at<T>(place: Place, read: () => T): T {
  const result = reading(read);
  if (result.ok) return result.value;
  const { code, message, values } = result.error;
  return refuseAt(code, message, place, values);
}

export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let tokens: Token[] = [];
  let comment: string | null = null;
  let line = 1;
  let start = 0;
  const open: Token[] = [];
  const finish = (place: Place) => {
    const [first] = tokens;
    if (first) {
      const { line: at, column } = first;
      lines.push({
        line: at,
        column,
        indent: column - 1,
        tokens: [...tokens, { kind: 'end', text: '', ...place }],
        comment,
      });
    }
    tokens = [];
    comment = null;
  };
  for (let at = 0; at < text.length; ) {
    pattern.lastIndex = at;
    const place = { line, column: at - start + 1 };
    const match = pattern.exec(text);
    if (!match?.groups) {
      const sign = text[at]!;
      return syntaxError(sign === "'" || sign === '"' ? 'unterminated string literal' : 'invalid syntax', place, sign);
    }
    const { comment: remark, newline, long, string, number, name, sign } = match.groups;
    if (remark) comment = remark.slice(1).trim();
    if (newline && open.length === 0) finish(place);
    const isFormatted = /^f/i.test(long ?? string ?? '');
    if (long) tokens.push({ kind: 'string', text: long.replace(/^\w?.../, '').slice(0, -3), isFormatted, ...place });
    if (string) tokens.push({ kind: 'string', text: string.replace(/^\w?./, '').slice(0, -1), isFormatted, ...place });
    if (number) tokens.push({ kind: 'number', text: number.replaceAll('_', ''), ...place });
    if (name) tokens.push({ kind: 'name', text: name, ...place });
    if (sign) {
      const token: Token = { kind: 'sign', text: sign, ...place };
      if ('([{'.includes(sign)) open.push(token);
      if (')]}'.includes(sign) && !closes(open.pop(), sign)) syntaxError(`unmatched '${sign}'`, place, sign);
      tokens.push(token);
    }
    for (const [i, character] of [...match[0]].entries()) {
      if (character !== '\n') continue;
      line += 1;
      start = at + i + 1;
    }
    at += match[0].length;
  }
  const unclosed = open[0];
  if (unclosed) syntaxError(`'${unclosed.text}' was never closed`, unclosed, unclosed.text);
  finish({ line, column: text.length - start + 1 });
  return lines;
}

function closes(open: Token | undefined, sign: string): boolean {
  return open !== undefined && `${open.text}${sign}`.match(/^(\(\)|\[\]|\{\})$/) !== null;
}
