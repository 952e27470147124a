/** The pinned unit with its arithmetic and the number that the map shows there, which the engine gives a moment later. */
import { useEffect, useMemo, useState } from 'react';
import { activationAfter, convOf } from '../../../graph/explore.ts';
import { valuesIn } from '../../../graph/graph.ts';
import type { Output } from '../../../live/results.ts';
import { activate } from '../../../operators/activation/reference.ts';
import { type DotProduct, dotProduct } from '../../../operators/conv2d/dotProduct.ts';
import type { Unit } from '../../../store/pointer.ts';
import { usePointer, useResults, useWorkspace } from '../../session.tsx';

export interface PinnedUnit {
  readonly unit: Unit;
  readonly output: Output;
  readonly dot: DotProduct;
  readonly activation: ReturnType<typeof activationAfter>;
  /** The activation of `dot.linear` in float64. */
  readonly value: number;
  /** What the map holds, in float32; null until it has been read. */
  readonly shown: number | null;
}

function isInside(unit: Unit, output: Output): boolean {
  const [, channels, height, width] = output.shape;
  return unit.channel < channels && unit.y < height && unit.x < width;
}

export function usePinnedUnit(): PinnedUnit | null {
  const pin = usePointer((state) => state.pin);
  const output = useResults((state) => state.output);
  const focus = useWorkspace((state) => state.workspace.focus);
  const shown = useShownValue(pin, output);
  return useMemo(() => {
    const parameters = output && valuesIn(output.parameters, focus);
    if (!pin || !output || output.kind || !parameters || !isInside(pin, output)) return null;
    const { picture, graph } = output;
    const input = { shape: [1, picture.channels, picture.height, picture.width] as const, values: picture.values };
    const dot = dotProduct(convOf(graph, focus), parameters, input, pin);
    const activation = activationAfter(graph, focus);
    return { unit: pin, output, dot, activation, value: activate(activation)(dot.linear), shown };
  }, [pin, output, focus, shown]);
}

/** Reads the one value from the engine; the latest request wins. */
function useShownValue(pin: Unit | null, output: Output | null): number | null {
  const engine = useResults((state) => state.running);
  const [shown, setShown] = useState<{ readonly pin: Unit; readonly output: Output; readonly value: number } | null>(
    null,
  );
  useEffect(() => {
    if (!pin || !output || !engine || !isInside(pin, output)) return;
    let isCurrent = true;
    const region = { channel: pin.channel, channels: 1, y: pin.y, x: pin.x, height: 1, width: 1 };
    engine.read(output.maps, region).then(
      ([value]) => {
        if (isCurrent && value !== undefined) setShown({ pin, output, value });
      },
      // The maps were replaced while the value was on its way; the next effect reads the new ones.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [pin, output, engine]);
  return shown && shown.pin === pin && shown.output === output ? shown.value : null;
}
