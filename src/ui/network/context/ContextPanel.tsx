/** The photo with the field of the unit in focus. */
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsOf } from '../../../graph/field/receptiveField.ts';
import { pictureNode } from '../../../live/network/nodes.ts';
import { Panel } from '../../components/Panel.tsx';
import { usePlan, useShownUnit } from '../network.tsx';

export function ContextPanel() {
  const { t } = useTranslation('network');
  const plan = usePlan();
  const unit = useShownUnit();
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = plan?.picture;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || !picture) return;
    canvas.current.width = picture.width;
    canvas.current.height = picture.height;
    context.putImageData(new ImageData(picture.rgba, picture.width, picture.height), 0, 0);
  }, [picture]);
  const field = useMemo(() => {
    if (!plan || !unit) return null;
    const { y, x } = unit;
    return (
      fieldsOf(plan.graph, plan.shapes, unit.layer, { h: { lo: y, hi: y }, w: { lo: x, hi: x } })[pictureNode] ?? null
    );
  }, [plan, unit]);
  return (
    <Panel
      token="field"
      title={t('context.title')}
      meta={unit ? t('context.unit', { layer: unit.layer, row: unit.y, column: unit.x }) : ''}
      className="context-panel"
    >
      <div
        className="context-photo"
        style={{ aspectRatio: picture ? `${picture.width} / ${picture.height}` : '3 / 2' }}
      >
        <canvas ref={canvas} role="img" aria-label={picture?.name ?? t('context.waiting')} />
        {picture && field && (
          <svg viewBox={`0 0 ${picture.width} ${picture.height}`} aria-hidden="true">
            <rect
              className="context-field"
              x={field.w.lo}
              y={field.h.lo}
              width={field.w.hi - field.w.lo + 1}
              height={field.h.hi - field.h.lo + 1}
            />
          </svg>
        )}
      </div>
      {field && (
        <p className="mono context-size">
          {field.h.hi - field.h.lo + 1} × {field.w.hi - field.w.lo + 1} px
        </p>
      )}
    </Panel>
  );
}
