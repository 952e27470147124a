/** The photo around the pinned unit, enlarged: where a plain kernel would read, and where this one does, to be dragged. */
import { type CSSProperties, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rect } from '../../../../engine/engine.ts';
import type { Picture } from '../../../../live/results.ts';
import { shownPixels } from '../../../explore/photo/photoState.ts';
import { useSession, useWorkspace } from '../../../session.tsx';
import { twoDecimals } from './interpolation.ts';
import { StageMarks } from './StageMarks.tsx';
import { pixelsIn } from './stageWindow.ts';
import { TapHandle } from './TapHandle.tsx';
import { offsetOf } from './taps.ts';
import type { Sampling } from './useSampling.ts';

interface SamplingStageProps {
  readonly picture: Picture;
  readonly sampling: Sampling;
  /** Where the window stands now; a point that is dragged must not move it. */
  readonly part: Rect;
  readonly onHold: (isHeld: boolean) => void;
}

export function SamplingStage({ picture, sampling, part, onHold }: SamplingStageProps) {
  const { t } = useTranslation('kinds');
  const { workspace } = useSession();
  const canvas = useRef<HTMLCanvasElement>(null);
  const hint = useId();
  const input = useWorkspace((state) => state.workspace.input);
  const { x, y, width, height } = part;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    const pixels = pixelsIn(shownPixels(picture, input), { x, y, width, height });
    context?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [picture, input, x, y, width, height]);

  const { points, selected, unit, kernelSize } = sampling;
  const hold = (isHeld: boolean) => {
    if (isHeld) workspace.getState().beginGesture();
    else workspace.getState().endGesture();
    onHold(isHeld);
  };
  // A figure that goes away in the middle of a drag leaves no gesture open.
  useEffect(() => () => workspace.getState().endGesture(), [workspace]);
  return (
    <div className="sampling-room" style={{ '--rows': height, '--columns': width } as CSSProperties}>
      <div className="sampling-stage">
        <canvas
          ref={canvas}
          width={width}
          height={height}
          role="img"
          aria-label={t('deformable.stage', { row: unit.y, column: unit.x })}
        />
        <StageMarks part={part} points={points.map(({ point }) => point)} selected={selected.point} />
        {points.map(({ index, point }) => {
          const { dy, dx } = offsetOf(point);
          return (
            <TapHandle
              key={index}
              point={point}
              part={part}
              label={t('deformable.handle', {
                row: Math.floor(point.tap / kernelSize[1]),
                column: point.tap % kernelSize[1],
                ...{ y: twoDecimals(point.y), x: twoDecimals(point.x) },
                ...{ dy: twoDecimals(dy), dx: twoDecimals(dx) },
              })}
              describedBy={hint}
              isSelected={index === selected.index}
              onSelect={() => sampling.select(index)}
              onMove={(offset) => sampling.setTap(`tap ${index}`, index, offset)}
              onGrab={() => hold(true)}
              onDrop={() => hold(false)}
            />
          );
        })}
        <p id={hint} hidden>
          {t('deformable.keys')}
        </p>
      </div>
    </div>
  );
}
