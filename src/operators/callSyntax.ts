/**
 * Reads the constructor calls that people paste: a small, tolerant reader of Python-like text (positional and keyword arguments,
 * numbers, strings, True/False/None, tuples and lists, nested calls, comments, several lines or statements). It also takes what
 * libraries print: `(0): Conv2d(3, 16, kernel_size=(3, 3))`, `Conv[pads = [1, 1, 1, 1]](%x, %w)`, `{"pads": [1, 1, 1, 1]}`.
 *
 *   statement = [target ('=' | ':')] value        value = number | string | name | list | call
 *   call      = name '(' arguments ')' followed by any applications `(x)` and `.methods()`, which are looked at no further
 */
import type { Result } from './operator.ts';

export type Value =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'none' }
  /** A tuple or a list: readers take one for the other. */
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  /** A name by itself, with its dots: `nn.relu`. */
  | { readonly kind: 'name'; readonly name: string }
  | Call;

export interface Call {
  readonly kind: 'call';
  /** With its dots: `torch.nn.Conv2d`. */
  readonly name: string;
  readonly positional: readonly Value[];
  readonly keywords: readonly { readonly name: string; readonly value: Value }[];
}

/** Of a text, from 1. */
export interface CallPlace {
  readonly line: number;
  readonly column: number;
}

const places = new WeakMap<Call, CallPlace>();

/** Where a call stands in the text that it was read from; null of one that was made otherwise. */
export function placeOf(call: Call): CallPlace | null {
  return places.get(call) ?? null;
}

/** `call`, known to stand at a place. */
export function placed(call: Call, { line, column }: CallPlace): Call {
  places.set(call, { line, column });
  return call;
}

export interface Statement {
  /** What stands before `=` or `:`; null for a value by itself. */
  readonly target: string | null;
  readonly value: Value;
}

type Token =
  | { readonly kind: 'number' | 'string' | 'name' | 'sign'; readonly text: string; readonly at: number }
  | { readonly kind: 'newline' | 'end'; readonly text: ''; readonly at: number };

const tokenPattern =
  /(?<space>[ \t\r\f%{}]+|#[^\n]*|\\\n|^[ \t]*>>>|^[ \t]*\.\.\. )|(?<newline>\n)|(?<number>[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<name>[A-Za-z_][\w.]*)|(?<string>'[^'\n]*'|"[^"\n]*")|(?<sign>[()[\]<>,;=:.@*])/gmy;

/** Lines of a program that say nothing about the layer. */
const skippedStatements = new Set(['import', 'from', 'class', 'def']);

const opening: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['<', '>'],
]);

/** What is wrong, beside "it cannot be read": keys of the translations, after `syntax-`. */
type SyntaxFault = 'unclosed' | 'unmatched' | 'quote' | 'character' | 'comma' | 'text-after' | 'other';

/** `sign`: the bracket, character or word that the sentence is about. */
class SyntaxProblem extends Error {
  constructor(
    readonly at: number,
    readonly fault: SyntaxFault = 'other',
    readonly sign = '',
  ) {
    super('invalid syntax');
  }
}

/** Python's own sentence. */
function sentenceOf({ fault, sign }: SyntaxProblem): string {
  switch (fault) {
    case 'unclosed':
      return `'${sign}' was never closed`;
    case 'unmatched':
      return `unmatched '${sign}'`;
    case 'quote':
      return 'unterminated string literal';
    case 'comma':
      return 'invalid syntax. Perhaps you forgot a comma?';
    case 'character':
    case 'text-after':
    case 'other':
      return 'invalid syntax';
    default:
      return fault satisfies never;
  }
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(text);
    if (!match?.groups) {
      const sign = text[at]!;
      throw new SyntaxProblem(at, sign === "'" || sign === '"' ? 'quote' : 'character', sign);
    }
    const { newline, number, name, string, sign } = match.groups;
    if (sign && '([<'.includes(sign)) depth += 1;
    if (sign && ')]>'.includes(sign)) depth -= 1;
    // Inside of brackets a line may break anywhere.
    if (newline && depth <= 0) tokens.push({ kind: 'newline', text: '', at });
    if (number) tokens.push({ kind: 'number', text: number, at });
    if (name) tokens.push({ kind: 'name', text: name, at });
    if (string) tokens.push({ kind: 'string', text: string, at });
    if (sign) tokens.push({ kind: 'sign', text: sign, at });
    at += match[0].length;
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

class Reader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenise(text);
  }

  statements(): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      while (this.#peek().kind === 'newline' || this.#is(',') || this.#is(';')) this.#next += 1;
      const token = this.#peek();
      if (token.kind === 'end') return statements;
      if (token.kind === 'name' && skippedStatements.has(token.text)) this.#skipLine();
      else {
        statements.push(this.#statement());
        this.#endStatement();
      }
    }
  }

  /** A statement ends with its line: what follows on it would be passed over silently. */
  #endStatement(): void {
    const { kind, text, at } = this.#peek();
    if (kind === 'newline' || kind === 'end' || text === ',' || text === ';') return;
    throw new SyntaxProblem(at, text === ')' || text === ']' ? 'unmatched' : 'text-after', text);
  }

  #peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)]!;
  }

  #is(sign: string, ahead = 0): boolean {
    const token = this.#peek(ahead);
    return token.kind === 'sign' && token.text === sign;
  }

  #take(sign: string): void {
    if (!this.#is(sign)) throw new SyntaxProblem(this.#peek().at);
    this.#next += 1;
  }

  #skipLine(): void {
    while (this.#peek().kind !== 'newline' && this.#peek().kind !== 'end') this.#next += 1;
  }

  #statement(): Statement {
    if (this.#peek().text === 'return') this.#next += 1;
    this.#skipLabel();
    const first = this.#peek();
    const hasTarget = (first.kind === 'name' || first.kind === 'string') && (this.#is('=', 1) || this.#is(':', 1));
    if (hasTarget) this.#next += 2;
    const value = this.#value();
    // `pads = 1, 1, 1, 1` is a tuple; `pads = [1], group = 1` are two statements.
    const items = [value];
    while (hasTarget && this.#is(',') && this.#peek(1).kind === 'number') {
      this.#next += 1;
      items.push(this.#value());
    }
    const target = hasTarget ? first.text.replace(/^['"]|['"]$/g, '') : null;
    return { target, value: items.length > 1 ? { kind: 'list', items } : value };
  }

  /** `(0):` or `(conv1):`, as PyTorch prints the children of a module. */
  #atLabel(): boolean {
    return this.#is('(') && this.#is(')', 2) && this.#is(':', 3);
  }

  #skipLabel(): void {
    if (this.#atLabel()) this.#next += 4;
  }

  #value(): Value {
    const token = this.#peek();
    this.#next += 1;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text.replaceAll('_', '')) };
      case 'string':
        return { kind: 'string', value: token.text.slice(1, -1) };
      case 'name':
        return this.#nameOrCall(token.text, token.at);
      case 'sign':
        if (token.text === '(' || token.text === '[') {
          const { positional, keywords } = this.#arguments(token.text === '(' ? ')' : ']', token);
          if (keywords.length > 0) throw new SyntaxProblem(token.at);
          // Round brackets around one value, without a comma, only group it.
          const isGroup = token.text === '(' && positional.length === 1 && !this.#is(',', -2);
          return isGroup ? positional[0]! : { kind: 'list', items: positional };
        }
        throw new SyntaxProblem(token.at);
      case 'newline':
      case 'end':
        throw new SyntaxProblem(token.at);
      default:
        token satisfies never;
        throw new SyntaxProblem(0);
    }
  }

  #nameOrCall(name: string, at: number): Value {
    if (name === 'True' || name === 'False') return { kind: 'boolean', value: name === 'True' };
    if (name === 'None') return { kind: 'none' };
    const open = this.#peek();
    const close = opening.get(open.text);
    // `*layers` and comparisons are no calls; `<` opens one only in ONNX's own text form.
    if (!close || open.kind !== 'sign') return { kind: 'name', name };
    this.#next += 1;
    const call = placed({ kind: 'call', name, ...this.#arguments(close, open) }, placeIn(this.#text, at));
    this.#skipApplications();
    return call;
  }

  #skipApplications(): void {
    for (;;) {
      if (this.#is('(') && !this.#atLabel()) {
        const open = this.#peek();
        this.#next += 1;
        this.#arguments(')', open);
      } else if (this.#is('.') && this.#peek(1).kind === 'name') this.#next += 2;
      else return;
    }
  }

  #arguments(close: string, open: Token): Pick<Call, 'positional' | 'keywords'> {
    const positional: Value[] = [];
    const keywords: { name: string; value: Value }[] = [];
    while (!this.#is(close)) {
      if (this.#peek().kind === 'end') throw new SyntaxProblem(open.at, 'unclosed', open.text);
      this.#skipLabel();
      const first = this.#peek();
      if (first.kind === 'name' && this.#is('=', 1)) {
        this.#next += 2;
        keywords.push({ name: first.text, value: this.#value() });
      } else positional.push(this.#value());
      if (this.#is(',')) this.#next += 1;
      else if (!this.#is(close) && !this.#atLabel()) this.#afterArgument(open);
    }
    this.#take(close);
    return { positional, keywords };
  }

  /** What stands where a comma or the closing bracket has to. */
  #afterArgument(open: Token): never {
    const { kind, text, at } = this.#peek();
    if (kind === 'end') throw new SyntaxProblem(open.at, 'unclosed', open.text);
    if (text === ')' || text === ']') throw new SyntaxProblem(at, 'unmatched', text);
    throw new SyntaxProblem(at, kind === 'sign' ? 'other' : 'comma', text);
  }
}

function placeIn(text: string, at: number): CallPlace {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The statements of a pasted text, in order. */
export function readStatements(text: string): Result<readonly Statement[]> {
  try {
    return { ok: true, value: new Reader(text).statements() };
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem;
    const { fault, sign } = problem;
    const close = opening.get(sign) ?? '';
    const values = { ...placeIn(text, problem.at), sign, close };
    const message = `SyntaxError: ${sentenceOf(problem)} (line ${values.line}, column ${values.column})`;
    return { ok: false, error: { code: fault === 'other' ? 'syntax' : `syntax-${fault}`, values, message } };
  }
}

/** The last part of a dotted name: `torch.nn.Conv2d` → `Conv2d`. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** A value as Python writes it. */
export function writeValue(value: Value): string {
  switch (value.kind) {
    case 'number':
      return String(value.value);
    case 'string':
      return `'${value.value}'`;
    case 'boolean':
      return value.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'list':
      return `(${value.items.map(writeValue).join(', ')}${value.items.length === 1 ? ',' : ''})`;
    case 'name':
      return value.name;
    case 'call':
      return `${value.name}(...)`;
    default:
      return value satisfies never;
  }
}
