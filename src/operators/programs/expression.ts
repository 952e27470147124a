/**
 * Integer expressions of the shader expander: + - * / (floor) % < <= > >= == != && || ! and parentheses, over named
 * constants. Precedence as in C.
 */

/** What a shader's text may depend on: tile sizes and yes/no choices (1 or 0). Never a shape: shapes are uniforms. */
export type Constants = Readonly<Record<string, number>>;

const binary: readonly (readonly [string, (a: number, b: number) => number])[][] = [
  [['||', (a, b) => Number(a !== 0 || b !== 0)]],
  [['&&', (a, b) => Number(a !== 0 && b !== 0)]],
  [
    ['==', (a, b) => Number(a === b)],
    ['!=', (a, b) => Number(a !== b)],
  ],
  [
    ['<=', (a, b) => Number(a <= b)],
    ['>=', (a, b) => Number(a >= b)],
    ['<', (a, b) => Number(a < b)],
    ['>', (a, b) => Number(a > b)],
  ],
  [
    ['+', (a, b) => a + b],
    ['-', (a, b) => a - b],
  ],
  [
    ['*', (a, b) => a * b],
    ['/', (a, b) => Math.floor(a / b)],
    ['%', (a, b) => a % b],
  ],
];

/** The value of `text`. Throws on an unknown name or a syntax error. */
export function evaluate(text: string, scope: Constants): number {
  const tokens = text.match(/\d+|[A-Za-z][A-Za-z0-9]*|[|&=!<>]=|\|\||&&|[^\s]/g) ?? [];
  let at = 0;
  const fail = (): never => {
    throw new Error(`cannot evaluate "${text}" at "${tokens[at] ?? 'its end'}"`);
  };

  const primary = (): number => {
    const token = tokens[at++];
    if (token === undefined) return fail();
    if (/^\d/.test(token)) return Number(token);
    if (token === '!') return Number(primary() === 0);
    if (token === '-') return -primary();
    if (token === '(') {
      const value = level(0);
      if (tokens[at++] !== ')') fail();
      return value;
    }
    const value = scope[token];
    if (value === undefined) throw new Error(`unknown name "${token}" in "${text}"`);
    return value;
  };

  const level = (depth: number): number => {
    const operators = binary[depth];
    if (operators === undefined) return primary();
    let value = level(depth + 1);
    for (;;) {
      const operator = operators.find(([symbol]) => symbol === tokens[at]);
      if (operator === undefined) return value;
      at++;
      value = operator[1](value, level(depth + 1));
    }
  };

  const value = level(0);
  if (at < tokens.length) fail();
  return value;
}
