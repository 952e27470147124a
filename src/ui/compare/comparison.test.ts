import { expect, it } from 'vitest';
import { defaultWorkspace } from '../../store/defaultWorkspace.ts';
import { createWorkspaceStore } from '../../store/workspaceStore.ts';
import { createUnit } from './comparison.tsx';

const blobs = { putNow: () => 'f'.repeat(64) };

it('the unit that is pinned in a comparison is kept with the view, and one that comes with a link is pinned', () => {
  const initial = defaultWorkspace();
  const workspace = createWorkspaceStore({ initial, blobs, inputSize: () => [30, 40] });
  const { unit, stop } = createUnit(workspace);
  unit.setState({ channel: 12 });
  expect(workspace.getState().workspace.view.comparedUnit).toEqual({ ...initial.view.comparedUnit, channel: 12 });
  const linked = { channel: 2, u: 0.5, v: 0.75 };
  workspace.getState().setView({ comparedUnit: linked });
  expect(unit.getState()).toEqual(linked);
  stop();
  workspace.getState().setView({ comparedUnit: initial.view.comparedUnit });
  expect(unit.getState()).toEqual(linked);
});
