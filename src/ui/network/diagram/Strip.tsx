/** The strip itself: it scrolls sideways, draws what is in sight, and brings the chosen stage into sight. */
import { useId, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { engineKey } from '../../explore/canvas/engineKey.ts';
import { useElementSize } from '../../explore/canvas/useElementSize.ts';
import { useLookedLayer, useNetwork } from '../network.tsx';
import { Minimap } from './Minimap.tsx';
import { StripBeam, useBeam } from './StripBeam.tsx';
import { StripDrawing } from './StripDrawing.tsx';
import { StripMaps, StripPhoto } from './StripMaps.tsx';
import { StripStages } from './StripStages.tsx';
import { useChunk } from './useChunk.ts';
import type { Diagram } from './useDiagram.ts';
import { useStageChoice } from './useStageChoice.ts';

const bracketHeight = 20;
/** A chosen stage stands at least so far from the edges. */
const clearance = 40;

/** How far to scroll so that from..to is in a room of this length; as far as now where it is. */
function broughtInto(now: number, room: number, from: number, to: number): number {
  return from < now ? from : to > now + room ? to - room : now;
}

export function Strip({ diagram }: { readonly diagram: Diagram }) {
  const { t } = useTranslation('network');
  const { strip, brackets } = diagram;
  const scroller = useRef<HTMLDivElement>(null);
  const scrollerId = useId();
  const viewport = useElementSize(scroller);
  const chunk = useChunk(scroller, viewport, strip.width);
  const engine = useNetwork((state) => state.engine);
  const looked = useLookedLayer();
  const beam = useBeam(strip);
  const chosen = strip.items.find(({ stage }) => looked !== null && stage.members.includes(looked)) ?? null;
  const choice = useStageChoice(diagram, chosen);
  const top = bracketHeight * Math.max(0, ...brackets.map(({ level }) => level + 1));

  const chosenArea = chosen?.area;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !chosenArea) return;
    const { scrollLeft, clientWidth, scrollTop, clientHeight } = element;
    const { x, y, width, height } = chosenArea;
    element.scrollTo({
      left: broughtInto(scrollLeft, clientWidth, x - clearance, x + width + clearance),
      top: broughtInto(scrollTop, clientHeight, top + y, top + y + height),
      behavior: 'instant',
    });
  }, [chosenArea, top]);

  const photo = strip.items.find(({ stage }) => stage.operator?.kind === 'input');
  return (
    <>
      <div ref={scroller} id={scrollerId} className="strip-scroller">
        <div className="strip-content" style={{ width: strip.width, height: top + strip.height }}>
          {brackets.map(({ block, x, width, level }) => (
            <button
              key={block}
              type="button"
              className="strip-bracket"
              tabIndex={-1}
              title={t('diagram.close', { block })}
              aria-label={t('diagram.close', { block })}
              style={{ left: x, width, top: level * bracketHeight }}
              onClick={() => choice.closeBlock(block)}
            >
              <span aria-hidden="true">− {block}</span>
            </button>
          ))}
          {chunk && (
            <div className="strip-body" style={{ top, height: strip.height }}>
              <div aria-hidden="true">
                {engine && <StripMaps key={engineKey(engine)} engine={engine} strip={strip} chunk={chunk} />}
                {photo && <StripPhoto item={photo} />}
              </div>
              <StripDrawing diagram={diagram} chunk={chunk} />
              {beam && <StripBeam beam={beam} chunk={chunk} height={strip.height} />}
              <StripStages diagram={diagram} chunk={chunk} beam={beam} chosen={chosen} choice={choice} />
            </div>
          )}
        </div>
      </div>
      {viewport && strip.width > viewport.width + 1 && (
        <Minimap strip={strip} chosen={chosen} viewport={viewport} scroller={scroller} controls={scrollerId} />
      )}
    </>
  );
}
