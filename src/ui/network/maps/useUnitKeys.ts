/** Keys on the maps: arrows move the pinned unit by one (with Shift by ten), Page Up and Page Down go to other maps, a row of them with Shift. */
import type { KeyboardEvent } from 'react';
import { useWorkspace } from '../../session.tsx';
import { pinnedUnit, usePin, usePlan } from '../network.tsx';

const steps: Readonly<Record<string, readonly [y: number, x: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function useUnitKeys(mapsInRow: number): (event: KeyboardEvent) => void {
  const plan = usePlan();
  const pin = usePin();
  const view = useWorkspace((state) => state.workspace.view.network);
  return (event) => {
    if (!plan || event.ctrlKey || event.metaKey || event.altKey) return;
    const unit = pinnedUnit(plan, view);
    const [, channels, height, width] = plan.shapes[unit.layer]!;
    const within = (at: number, count: number) => Math.min(count - 1, Math.max(0, at));
    const step = steps[event.key];
    if (step) {
      const by = event.shiftKey ? 10 : 1;
      pin({ ...unit, y: within(unit.y + by * step[0], height), x: within(unit.x + by * step[1], width) });
    } else if (event.key === 'PageDown' || event.key === 'PageUp') {
      const by = (event.key === 'PageDown' ? 1 : -1) * (event.shiftKey ? mapsInRow : 1);
      pin({ ...unit, channel: within(unit.channel + by, channels) });
    } else return;
    event.preventDefault();
  };
}
