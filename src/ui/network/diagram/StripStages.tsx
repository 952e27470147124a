/** The stages of the strip as a list to choose from: their names, shapes and fields, pointing at a unit of their maps and pinning it. */

import { type PointerEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Beam, BeamBox } from '../../../views/network/strip/beam.ts';
import { isInside } from '../../../views/network/strip/scene.ts';
import { holds, type StripItem, shownMember, stageAt } from '../../../views/network/strip/strip.ts';
import { operatorName } from '../../engine/operatorName.ts';
import { type LayerUnit, useLookedLayer, useNetwork, useNetworkContext, usePin } from '../network.tsx';
import { useReason } from '../useReason.ts';
import { useChannelOf } from './StripMaps.tsx';
import type { Chunk } from './useChunk.ts';
import type { Diagram } from './useDiagram.ts';
import { isOption, type StageChoice } from './useStageChoice.ts';

interface StripStagesProps {
  readonly diagram: Diagram;
  readonly chunk: Chunk;
  readonly beam: Beam | null;
  readonly chosen: StripItem | null;
  readonly choice: StageChoice;
}

export function StripStages({ diagram, chunk, beam, chosen, choice }: StripStagesProps) {
  const { t } = useTranslation('network');
  const { looking } = useNetworkContext();
  const pin = usePin();
  const unitAt = useUnitAt(diagram);
  const prefix = useId();
  const { strip } = diagram;
  const photo = strip.items.find(({ stage }) => !isOption(stage));
  const options = strip.items.filter(({ stage }) => isOption(stage));
  const window = { ...chunk, y: 0, height: strip.height };
  const optionId = ({ stage }: StripItem) => `${prefix}${stage.id}`;
  return (
    <>
      <div
        className="strip-stages"
        role="listbox"
        aria-label={t('diagram.keys')}
        aria-orientation="horizontal"
        aria-activedescendant={chosen ? optionId(chosen) : undefined}
        tabIndex={0}
        style={{ width: strip.width, height: strip.height }}
        onKeyDown={choice.onKeyDown}
        onPointerMove={(event) => looking.setState({ hover: unitAt(event) })}
        onPointerLeave={() => looking.setState({ hover: null })}
        onClick={(event) => {
          const unit = unitAt(event);
          const item = stageAt(strip, ...pointOf(event));
          if (unit) pin(unit);
          else if (item && isOption(item.stage)) choice.choose(item.stage);
        }}
      >
        {options.map((item, at) =>
          isInside(item, window) || item === chosen ? (
            <StageOption
              key={item.stage.id}
              id={optionId(item)}
              item={item}
              position={[at + 1, options.length]}
              isChosen={item === chosen}
              diagram={diagram}
              beam={beam}
            />
          ) : null,
        )}
      </div>
      {photo && (
        <div
          className="strip-stage"
          style={{ left: photo.area.x, top: photo.area.y, width: photo.area.width, height: photo.area.height }}
        >
          <StageCaption
            item={photo}
            name={t('diagram.photo')}
            size={beam?.boxes.find(({ stage }) => stage === photo.stage.id)?.size}
          />
        </div>
      )}
      {strip.items.map(
        ({ stage, sign }) =>
          stage.block !== null &&
          sign && (
            <button
              key={stage.id}
              type="button"
              className="strip-open"
              tabIndex={-1}
              aria-label={t('diagram.open', { block: stage.block })}
              title={t('diagram.open', { block: stage.block })}
              style={{ left: sign.x, top: sign.y, width: sign.width, height: sign.height }}
              onClick={() => stage.block !== null && choice.openBlock(stage.block)}
            />
          ),
      )}
    </>
  );
}

interface StageOptionProps {
  readonly id: string;
  readonly item: StripItem;
  readonly position: readonly [at: number, of: number];
  readonly isChosen: boolean;
  readonly diagram: Diagram;
  readonly beam: Beam | null;
}

function StageOption({ id, item, position, isChosen, diagram: { plan, open }, beam }: StageOptionProps) {
  const { t } = useTranslation('network');
  const reasonOf = useReason();
  const { stage, area, shape } = item;
  const size = beam?.boxes.find((box) => box.stage === stage.id)?.size;
  const what = stage.operator ? operatorName(stage.operator) : t('diagram.layers', { count: stage.members.length });
  const isLeft = useNetwork((state) => state.left.has(stage.end) && !state.maps[stage.end]);
  const failed = stage.members.map((member) => plan.states[member]).find((state) => state?.state === 'error');
  const output = shape?.slice(1).join(' × ');
  const problem = failed?.state === 'error' ? reasonOf(failed.error) : shape ? null : t('diagram.before');
  const note = problem ?? (isLeft ? t('diagram.left') : null);
  const words = [stage.id, what, output, size && t('diagram.field', { height: size[0], width: size[1] }), note];
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the chosen one
    <div
      id={id}
      role="option"
      className="strip-stage"
      aria-selected={isChosen}
      aria-setsize={position[1]}
      aria-posinset={position[0]}
      title={[stage.id, what, note].filter(Boolean).join('\n')}
      style={{ left: area.x, top: area.y, width: area.width, height: area.height }}
    >
      <span className="sr-only">{words.filter(Boolean).join(', ')}</span>
      {item.map && isChosen && (
        <span
          className="strip-chosen"
          style={{
            left: item.map.x - area.x,
            top: item.map.y - area.y,
            width: item.map.width,
            height: item.map.height,
          }}
        />
      )}
      <StageCaption item={item} name={shortName(stage.id, open)} size={size} />
    </div>
  );
}

interface StageCaptionProps {
  readonly item: StripItem;
  readonly name: string;
  readonly size: BeamBox['size'] | undefined;
}

function StageCaption({ item: { stage, area, caption, shape }, name, size }: StageCaptionProps) {
  const { t } = useTranslation('network');
  if (!caption) return null;
  return (
    <span className="strip-caption" aria-hidden="true" style={{ top: caption.y - area.y, height: caption.height }}>
      <b>
        {name}
        {stage.block !== null && <span className="muted"> · {stage.members.length}</span>}
      </b>
      <span className="mono">{shape ? shape.slice(1).join('×') : t('diagram.none')}</span>
      <span className="mono strip-field">{size ? `${size[0]}×${size[1]}` : ''}</span>
    </span>
  );
}

/** Without the innermost open block that it stands in, whose bracket says that; a number alone is no name. */
function shortName(id: string, open: readonly string[]): string {
  const block = open.findLast((each) => id.startsWith(`${each}.`));
  const short = block === undefined ? id : id.slice(block.length + 1);
  return /^\d/.test(short) ? id.split('.').slice(-2).join('.') : short;
}

function pointOf(event: { readonly clientX: number; readonly clientY: number; readonly currentTarget: Element }) {
  const box = event.currentTarget.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top] as const;
}

/** The unit of a stage's maps under the pointer; null beside the maps and on the photo. */
function useUnitAt({ strip, plan }: Diagram): (event: PointerEvent | React.MouseEvent) => LayerUnit | null {
  const looked = useLookedLayer();
  const channelOf = useChannelOf();
  return (event) => {
    const [x, y] = pointOf(event);
    const item = stageAt(strip, x, y);
    if (!item?.map || !isOption(item.stage) || !holds(item.map, x, y)) return null;
    const layer = shownMember(item.stage, looked);
    const shape = plan.shapes[layer];
    if (!shape) return null;
    const [, channels, height, width] = shape;
    const along = (at: number, size: number, count: number) => Math.min(count - 1, Math.floor((at / size) * count));
    return {
      layer,
      channel: channelOf(layer, channels),
      y: along(y - item.map.y, item.map.height, height),
      x: along(x - item.map.x, item.map.width, width),
    };
  };
}
