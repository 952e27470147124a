/**
 * Expressions of Python as far as networks are written with them:
 *
 *   sum = product (('+' | '-') product)*     product = power (('*' | '/' | '//' | '%' | '@') power)*     power = unary ['**' power]
 *   unary = '-' unary | postfix              postfix = atom ('.' name | '(' arguments ')' | '[' index ']')*
 */
import { type Place, syntaxError, type Token } from './tokens.ts';

export type Expression = Place &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'string'; readonly value: string }
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
    | { readonly kind: 'negative'; readonly of: Expression }
    | { readonly kind: 'binary'; readonly sign: string; readonly left: Expression; readonly right: Expression }
  );

export interface Keyword {
  readonly name: string;
  readonly value: Expression;
}

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
    const isLost = kind === 'number' || kind === 'string' || kind === 'name';
    return syntaxError(isLost ? 'invalid syntax. Perhaps you forgot a comma?' : 'invalid syntax', this.token, text);
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
    const { kind, text, line, column } = this.token;
    if (kind === 'end') return this.fail();
    this.#next += 1;
    switch (kind) {
      case 'number':
        return { kind, value: Number(text), line, column };
      case 'string':
        return { kind, value: text, line, column };
      case 'name':
        return { kind, name: text, line, column };
      case 'sign': {
        if (text !== '(' && text !== '[') {
          this.#next -= 1;
          return this.fail();
        }
        const close = text === '(' ? ')' : ']';
        const items: Expression[] = [];
        let hasComma = false;
        while (!this.take(close)) {
          items.push(this.sum());
          if (this.take(',')) hasComma = true;
          else if (!this.is(close)) this.fail();
        }
        const [only] = items;
        // Round brackets around one value, without a comma, only group it.
        return text === '(' && only && items.length === 1 && !hasComma ? only : { kind: 'list', items, line, column };
      }
      default:
        return kind satisfies never;
    }
  }

  #arguments(): { readonly positional: readonly Expression[]; readonly keywords: readonly Keyword[] } {
    const positional: Expression[] = [];
    const keywords: Keyword[] = [];
    while (!this.take(')')) {
      const value = this.sum();
      if (value.kind === 'name' && this.take('=')) keywords.push({ name: value.name, value: this.sum() });
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
