/** What stands in Explore's places while it looks at a layer of another kind: loaded, with its words, when that begins. */
import { CostOfKind } from './CostOfKind.tsx';
import { KindDot } from './dot/KindDot.tsx';
import { KindCard, KindControls } from './KindCard.tsx';
import { KindFigure } from './KindFigure.tsx';

export { CostOfKind, KindCard, KindControls };

/** Under photo, layer and maps: how the kind works, and the arithmetic of the pinned unit. */
export function KindBelow() {
  return (
    <div className="kind-below">
      <KindFigure />
      <KindDot />
    </div>
  );
}
