/**
 * A network that is written for one image, for as many as a batch has. Only reshapes and slices say how many images they are for; all other
 * layers take any number. Reshapes are taken to keep images apart: row-major, an image's values stay its own.
 */
import type { Operator } from '../../operators/index.ts';
import type { Graph } from '../graph.ts';

/** `graph`: for one image. The graph itself where nothing in it says a number of images. */
export function forImages(graph: Graph, images: number): Graph {
  if (images === 1) return graph;
  let isSame = true;
  const nodes = graph.nodes.map((node) => {
    const operator = operatorFor(node.operator, images);
    if (operator === node.operator) return node;
    isSame = false;
    return { ...node, operator };
  });
  return isSame ? graph : { nodes };
}

function operatorFor(operator: Operator, images: number): Operator {
  switch (operator.kind) {
    case 'reshape': {
      const [count, ...rest] = operator.shape;
      return { ...operator, shape: [count * images, ...rest] };
    }
    case 'slice': {
      const [, ...rest] = operator.count;
      return { ...operator, count: [images, ...rest] };
    }
    default:
      return operator;
  }
}
