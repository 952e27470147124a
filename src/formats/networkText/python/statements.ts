/** Classes and functions of a Python text, and their statements: assignments, expressions and `return`. */
import { type Expression, ExpressionReader } from './expressions.ts';
import { type Line, linesOf, type Place, refuseAt, syntaxError } from './tokens.ts';

export interface Statement extends Place {
  /** What is assigned to, one name each (`self.conv1` with its dot); empty for an expression by itself. */
  readonly targets: readonly string[];
  readonly value: Expression;
  readonly isReturn: boolean;
  readonly comment: string | null;
}

export interface Parameter {
  readonly name: string;
  readonly value: Expression | null;
}

export interface PythonFunction extends Place {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly lines: readonly Line[];
}

export interface PythonClass extends Place {
  readonly name: string;
  readonly bases: readonly string[];
  readonly methods: readonly PythonFunction[];
}

/** The classes of a text, in order; what stands outside of them is passed over. */
export function classesOf(text: string): readonly PythonClass[] {
  const lines = linesOf(text);
  const classes: PythonClass[] = [];
  for (let i = 0; i < lines.length; ) {
    const line = lines[i]!;
    const body = bodyOf(lines, i);
    if (line.tokens[0]!.text === 'class') classes.push(classOf(line, body));
    i += 1 + body.length;
  }
  return classes;
}

/** The lines behind line `i` that are indented further. */
function bodyOf(lines: readonly Line[], i: number): readonly Line[] {
  const end = lines.findIndex((line, at) => at > i && line.indent <= lines[i]!.indent);
  return lines.slice(i + 1, end < 0 ? lines.length : end);
}

function classOf(line: Line, body: readonly Line[]): PythonClass {
  const reader = new ExpressionReader(line.tokens, 1);
  const name = reader.name();
  const bases: string[] = [];
  if (reader.take('('))
    while (!reader.take(')')) {
      bases.push(dottedName(reader.sum()) ?? reader.fail());
      if (!reader.take(',') && !reader.is(')')) reader.fail();
    }
  reader.need(':');
  if (body.length === 0) syntaxError(`expected an indented block after class definition`, line, 'class');
  const methods: PythonFunction[] = [];
  for (let i = 0; i < body.length; ) {
    const inside = bodyOf(body, i);
    if (body[i]!.tokens[0]!.text === 'def') methods.push(functionOf(body[i]!, inside));
    i += 1 + inside.length;
  }
  return { name, bases, methods, line: line.line, column: line.column };
}

function functionOf(line: Line, lines: readonly Line[]): PythonFunction {
  const reader = new ExpressionReader(line.tokens, 1);
  const name = reader.name();
  const parameters: Parameter[] = [];
  reader.need('(');
  while (!reader.take(')')) {
    if (reader.take('*') || reader.take('**')) {
      // `*` alone: what follows is given by name.
      if (!reader.is(',')) reader.name();
    } else {
      const parameter = reader.name();
      if (reader.take(':')) reader.sum();
      parameters.push({ name: parameter, value: reader.take('=') ? reader.sum() : null });
    }
    if (!reader.take(',') && !reader.is(')')) reader.fail();
  }
  if (reader.take('->')) reader.sum();
  reader.need(':');
  if (lines.length === 0) syntaxError(`expected an indented block after function definition`, line, name);
  return { name, parameters, lines, line: line.line, column: line.column };
}

const unread = new Set(
  'if for while with try raise del global nonlocal async class def lambda yield elif else'.split(' '),
);
const passedOver = new Set(['pass', 'assert', 'import', 'from', 'print']);

/** The statements of a function, in order. Loops and conditions are refused: what they build is not said by the text alone. */
export function statementsOf({ lines }: Pick<PythonFunction, 'lines'>): readonly Statement[] {
  return lines.flatMap((line) => {
    const [first] = line.tokens;
    if (first!.kind === 'string' || passedOver.has(first!.text)) return [];
    if (first!.kind === 'name' && unread.has(first!.text))
      return refuseAt('python-statement', `only assignments and return are read here, not '${first!.text}'`, line, {
        word: first!.text,
      });
    return [statementOf(line)];
  });
}

function statementOf(line: Line): Statement {
  const { line: at, column, comment } = line;
  const isReturn = line.tokens[0]!.text === 'return';
  const reader = new ExpressionReader(line.tokens, isReturn ? 1 : 0);
  const left = reader.tuple();
  const place = { line: at, column, comment };
  if (isReturn) return finished(reader, { ...place, targets: [], value: left, isReturn });
  const target = dottedName(left);
  for (const sign of ['+=', '-=', '*=', '/=', '**=']) {
    if (target === null || !reader.take(sign)) continue;
    const value: Expression = { kind: 'binary', sign: sign.slice(0, -1), left, right: reader.sum(), line: at, column };
    return finished(reader, { ...place, targets: [target], value, isReturn });
  }
  // `x: Tensor = ...`
  if (target !== null && reader.take(':')) reader.sum();
  if (!reader.take('=')) return finished(reader, { ...place, targets: [], value: left, isReturn });
  const targets = (left.kind === 'list' ? left.items : [left]).map((each) => dottedName(each) ?? cannotAssign(each));
  return finished(reader, { ...place, targets, value: reader.tuple(), isReturn });
}

function finished(reader: ExpressionReader, statement: Statement): Statement {
  reader.end();
  return statement;
}

function cannotAssign(expression: Expression): never {
  return syntaxError('cannot assign to expression here', expression);
}

/** `torch.nn.Conv2d` of its attributes; null for anything else. */
export function dottedName(expression: Expression): string | null {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'attribute') return null;
  const of = dottedName(expression.of);
  return of === null ? null : `${of}.${expression.name}`;
}
