/** The part of `npm run describe` that is made of the product: from a name or a text to the table. */
import { networkCsv, networkMarkdown } from '../../src/formats/networkTable.ts';
import { readSequential } from '../../src/formats/networkText/readSequential.ts';
import { ArchitectureError } from '../../src/graph/architectures/builder.ts';
import { architecture, architectureNames, isArchitectureName } from '../../src/graph/architectures/index.ts';
import { describeNetwork, type NetworkDescription } from '../../src/graph/describe.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { inferShapes } from '../../src/graph/infer.ts';
import { priceTable } from '../../src/graph/price/table.ts';
import type { Shape } from '../../src/operators/operator.ts';

interface Asked {
  readonly name: string | undefined;
  readonly code: string | undefined;
  readonly input: Shape;
}

/** The table of prices for other programs and for people. */
interface Texts {
  csv(): string;
  markdown(): string;
}

type Described =
  | { readonly ok: true; readonly value: NetworkDescription; readonly texts: Texts }
  | { readonly ok: false; readonly message: string };

export function describe({ name, code, input }: Asked): Described {
  try {
    const graph = code === undefined ? named(name ?? '', input) : read(code, input);
    const shapes = inferShapes(graph, { input });
    if (!shapes.ok) return { ok: false, message: shapes.error.message };
    const table = () => priceTable(graph, shapes.value);
    const texts = { csv: () => networkCsv(table()), markdown: () => networkMarkdown(table()) };
    return { ok: true, value: describeNetwork(graph, shapes.value), texts };
  } catch (error) {
    if (error instanceof ArchitectureError || error instanceof Refused) return { ok: false, message: error.message };
    throw error;
  }
}

class Refused extends Error {}

function named(name: string, input: Shape): Graph {
  if (!isArchitectureName(name))
    throw new Refused(`There is no architecture "${name}": it is one of ${architectureNames.join(', ')}.`);
  return architecture(name, input);
}

function read(code: string, input: Shape): Graph {
  const graph = readSequential(code, input);
  if (!graph.ok) throw new Refused(graph.error.message);
  return graph.value;
}
