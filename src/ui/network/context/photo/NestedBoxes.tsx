/** The fields of all layers at one place, nested: lines over the photo, deeper layers stronger, with the names that have room. */
import type { NestedBox } from '../../../../views/network/context/nestedBoxes.ts';

interface NestedBoxesProps {
  readonly boxes: readonly NestedBox[];
  readonly height: number;
  readonly width: number;
}

export function NestedBoxes({ boxes, height, width }: NestedBoxesProps) {
  return (
    <>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {boxes.map(({ id, rect, depth }) => (
          <rect key={id} className="context-nested" {...rect} style={{ strokeOpacity: 0.45 + 0.55 * depth }} />
        ))}
      </svg>
      <span className="context-nested-names" aria-hidden="true">
        {boxes
          .filter(({ isLabelled }) => isLabelled)
          .map(({ id, rect }) => (
            <span
              key={id}
              className="mono"
              style={{
                left: `${(100 * Math.max(0, rect.x)) / width}%`,
                top: `${(100 * Math.max(0, rect.y)) / height}%`,
              }}
            >
              {id}
            </span>
          ))}
      </span>
    </>
  );
}
