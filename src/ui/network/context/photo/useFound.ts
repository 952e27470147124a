/**
 * Which layer covers the box that a person has drawn. Kept is the box alone, with the picture it was drawn on: the answer is a function of
 * the network, so another network is asked again, and on another picture nothing has been drawn yet.
 */
import { useMemo, useState } from 'react';
import { coveringUnit } from '../../../../graph/field/coveringUnit.ts';
import type { Field } from '../../../../graph/field/receptiveField.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import type { Found } from './FindLayer.tsx';

export interface Finding {
  readonly found: Found | null;
  find(box: Field): Found;
  forget(): void;
}

export function useFound({ graph, shapes, picture }: NetworkPlan): Finding {
  const [asked, setAsked] = useState<{ readonly box: Field; readonly picture: NetworkPlan['picture'] } | null>(null);
  const box = asked?.picture === picture ? asked.box : null;
  const found = useMemo(() => box && { box, result: coveringUnit(graph, shapes, box) }, [graph, shapes, box]);
  return {
    found,
    find(drawn) {
      setAsked({ box: drawn, picture });
      return { box: drawn, result: coveringUnit(graph, shapes, drawn) };
    },
    forget: () => setAsked(null),
  };
}
