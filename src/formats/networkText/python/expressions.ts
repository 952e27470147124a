/**
 * Expressions of Python as far as networks are written with them:
 *
 *   sum = product (('+' | '-') product)*     product = power (('*' | '/' | '//' | '%' | '@') power)*     power = unary ['**' power]
 *   unary = '-' unary | postfix              postfix = atom ('.' name | '(' arguments ')' | '[' index ']')*
 *   item = ['*'] sum                         list = '[' (item (',' item)* | sum ('for' names 'in' sum)+) ']', also in round brackets
 *
 * A dictionary is the list of its pairs: nothing but `OrderedDict` asks for one here.
 */
import { type Place, refuseAt, syntaxError, type Token } from './tokens.ts';

export type Expression = Place &
  (
    | { readonly kind: 'number'; readonly value: number }
    /** `isFormatted`: of an f-string, whose braces stand for values. */
    | { readonly kind: 'string'; readonly value: string; readonly isFormatted: boolean }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
    | {
        readonly kind: 'call';
        readonly callee: Expression;
        readonly positional: readonly Expression[];
        readonly keywords: readonly Keyword[];
      }
    | { readonly kind: 'index'; readonly of: Expression; readonly items: readonly (Expression | Span)[] }
    /** A tuple or a list. */
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    /** `item for names in over`, the outer loop first. */
    | { readonly kind: 'comprehension'; readonly item: Expression; readonly loops: readonly Loop[] }
    /** `*of`, in a list or in arguments. */
    | { readonly kind: 'star'; readonly of: Expression }
    | { readonly kind: 'negative'; readonly of: Expression }
    | { readonly kind: 'binary'; readonly sign: string; readonly left: Expression; readonly right: Expression }
  );

interface Loop {
  readonly names: readonly string[];
  readonly over: Expression;
}

export interface Keyword {
  readonly name: string;
  readonly value: Expression;
}

/** Words of Python that no name can be, and that are not read inside of an expression. */
const unread = new Set(['if', 'else', 'lambda', 'not', 'and', 'or', 'is', 'in', 'for', 'await', 'yield']);

/** `from:to:step` in an index. */
export interface Span extends Place {
  readonly kind: 'span';
  readonly from: Expression | null;
  readonly to: Expression | null;
  readonly step: Expression | null;
}

export class ExpressionReader {
  readonly #tokens: readonly Token[];
  #next: number;

  constructor(tokens: readonly Token[], next = 0) {
    this.#tokens = tokens;
    this.#next = next;
  }

  get token(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)]!;
  }

  is(sign: string): boolean {
    return this.token.kind === 'sign' && this.token.text === sign;
  }

  take(sign: string): boolean {
    if (!this.is(sign)) return false;
    this.#next += 1;
    return true;
  }

  need(sign: string): void {
    if (!this.take(sign)) this.fail();
  }

  name(): string {
    const { kind, text } = this.token;
    if (kind !== 'name') return this.fail();
    this.#next += 1;
    return text;
  }

  fail(): never {
    const { kind, text } = this.token;
    if (kind === 'name' && unread.has(text)) return this.#cannotRead();
    const isLost = kind === 'number' || kind === 'string' || kind === 'name';
    return syntaxError(isLost ? 'invalid syntax. Perhaps you forgot a comma?' : 'invalid syntax', this.token, text);
  }

  #cannotRead(): never {
    return refuseAt('expression', 'this expression cannot be read here', this.token);
  }

  end(): void {
    if (this.token.kind !== 'end' && !this.take(';')) this.fail();
  }

  /** One expression, or several with commas: a tuple. */
  tuple(): Expression {
    const first = this.sum();
    if (!this.is(',')) return first;
    const items = [first];
    while (this.take(',')) {
      if (this.token.kind === 'end' || this.is('=')) break;
      items.push(this.sum());
    }
    return { kind: 'list', items, line: first.line, column: first.column };
  }

  sum(): Expression {
    let left = this.#product();
    while (this.is('+') || this.is('-')) left = this.#binary(left, () => this.#product());
    return left;
  }

  #product(): Expression {
    let left = this.#power();
    while (['*', '/', '//', '%', '@'].some((sign) => this.is(sign))) left = this.#binary(left, () => this.#power());
    return left;
  }

  #power(): Expression {
    const left = this.#unary();
    return this.is('**') ? this.#binary(left, () => this.#power()) : left;
  }

  #binary(left: Expression, right: () => Expression): Expression {
    const { text, line, column } = this.token;
    this.#next += 1;
    return { kind: 'binary', sign: text, left, right: right(), line, column };
  }

  #unary(): Expression {
    const { line, column } = this.token;
    if (this.take('-')) return { kind: 'negative', of: this.#unary(), line, column };
    return this.#postfix();
  }

  #postfix(): Expression {
    let at = this.#atom();
    for (;;) {
      const { line, column } = at;
      if (this.take('.')) at = { kind: 'attribute', of: at, name: this.name(), line, column };
      else if (this.take('(')) at = { kind: 'call', callee: at, ...this.#arguments(), line, column };
      else if (this.take('[')) at = { kind: 'index', of: at, items: this.#index(), line, column };
      else return at;
    }
  }

  #atom(): Expression {
    const { kind, text, line, column, isFormatted = false } = this.token;
    if (kind === 'end') return this.fail();
    if (kind === 'name' && unread.has(text)) return this.#cannotRead();
    this.#next += 1;
    switch (kind) {
      case 'number':
        return { kind, value: Number(text), line, column };
      case 'string':
        return { kind, value: text, isFormatted, line, column };
      case 'name':
        return { kind, name: text, line, column };
      case 'sign': {
        if (text === '(' || text === '[' || text === '{') return this.#bracketed(text, { line, column });
        this.#next -= 1;
        return this.fail();
      }
      default:
        return kind satisfies never;
    }
  }

  /** What stands in brackets that have just been opened. */
  #bracketed(open: '(' | '[' | '{', { line, column }: Place): Expression {
    const close = { '(': ')', '[': ']', '{': '}' }[open];
    const items: Expression[] = [];
    let hasComma = false;
    while (!this.take(close)) {
      const item = open === '{' ? this.#pair() : this.#item();
      const loops = items.length === 0 ? this.#loops() : [];
      if (loops.length > 0) {
        this.need(close);
        return { kind: 'comprehension', item, loops, line, column };
      }
      items.push(item);
      if (this.take(',')) hasComma = true;
      else if (!this.is(close)) this.fail();
    }
    const [only] = items;
    // Round brackets around one value, without a comma, only group it.
    return open === '(' && only && items.length === 1 && !hasComma ? only : { kind: 'list', items, line, column };
  }

  #item(): Expression {
    const { line, column } = this.token;
    return this.take('*') ? { kind: 'star', of: this.sum(), line, column } : this.sum();
  }

  /** `key: value` of a dictionary. */
  #pair(): Expression {
    const key = this.sum();
    this.need(':');
    return { kind: 'list', items: [key, this.sum()], line: key.line, column: key.column };
  }

  #loops(): readonly Loop[] {
    const loops: Loop[] = [];
    while (this.#word('for')) {
      const isGrouped = this.take('(');
      const names = [this.name()];
      while (this.take(',')) names.push(this.name());
      if (isGrouped) this.need(')');
      if (!this.#word('in')) this.fail();
      loops.push({ names, over: this.sum() });
    }
    return loops;
  }

  #word(word: string): boolean {
    if (this.token.kind !== 'name' || this.token.text !== word) return false;
    this.#next += 1;
    return true;
  }

  #arguments(): { readonly positional: readonly Expression[]; readonly keywords: readonly Keyword[] } {
    const positional: Expression[] = [];
    const keywords: Keyword[] = [];
    while (!this.take(')')) {
      const value = this.#item();
      const loops = positional.length + keywords.length === 0 ? this.#loops() : [];
      const { line, column } = value;
      if (loops.length > 0) positional.push({ kind: 'comprehension', item: value, loops, line, column });
      else if (value.kind === 'name' && this.take('=')) keywords.push({ name: value.name, value: this.sum() });
      else positional.push(value);
      if (!this.take(',') && !this.is(')')) this.fail();
    }
    return { positional, keywords };
  }

  #index(): readonly (Expression | Span)[] {
    const items: (Expression | Span)[] = [];
    while (!this.take(']')) {
      const { line, column } = this.token;
      const part = () => (this.is(':') || this.is(',') || this.is(']') ? null : this.sum());
      const from = part();
      if (this.take(':')) {
        const to = part();
        items.push({ kind: 'span', from, to, step: this.take(':') ? part() : null, line, column });
      } else items.push(from ?? this.fail());
      if (!this.take(',') && !this.is(']')) this.fail();
    }
    return items;
  }
}
