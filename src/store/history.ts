/**
 * Undo and redo as values. A history is the present workspace between the steps that led to it and the steps taken back. Changes of
 * one gesture (a slider's drag, a burst of typing) share a key and become one step. The view is kept along the way: undo changes what
 * was made, not where one looks, except across `open`, which replaced the view as well.
 */
import { fitView, sameWorkspace, viewOn } from './changes.ts';
import type { Workspace } from './workspace.ts';

/** Steps kept; older ones are forgotten. */
export const historyLength = 200;

export interface Step {
  /** The workspace on the other side of the step: before it in `past`, after it in `future`. */
  readonly workspace: Workspace;
  /** True when crossing the step also restores the view. */
  readonly withView: boolean;
}

export interface History {
  /** Oldest first. */
  readonly past: readonly Step[];
  readonly present: Workspace;
  /** The next to redo last. */
  readonly future: readonly Step[];
  /** Key of the step just made while more changes may join it, else null. */
  readonly open: string | null;
}

export function startHistory(present: Workspace, past: readonly Step[] = [], future: readonly Step[] = []): History {
  return { past: past.slice(-historyLength), present, future: future.slice(-historyLength), open: null };
}

/** What a change starts from: the state before the open step when it would join that, so that a drag back undoes its side effects. */
export function baseOf(history: History, key: string | null): Workspace {
  const step = joins(history, key) ? history.past.at(-1) : undefined;
  return step ? { ...step.workspace, view: history.present.view } : history.present;
}

/** Makes `next` the present, as a new step or as part of the open one; a step that changes nothing is none. */
export function record(history: History, next: Workspace, key: string | null, withView = false): History {
  const joined = joins(history, key) && history.past.length > 0;
  const before = joined ? history.past.at(-1)!.workspace : history.present;
  const earlier = joined ? history.past.slice(0, -1) : history.past;
  const present = withView ? next : { ...next, view: fitView(next.view, next) };
  if (!withView && sameWorkspace(before, present)) {
    return joined
      ? { ...history, past: earlier, present, open: null }
      : { ...history, present: { ...history.present, view: present.view } };
  }
  const past = [...earlier, { workspace: before, withView }].slice(-historyLength);
  return { past, present, future: [], open: key };
}

/** Replaces the present without a step: the view, or a layer fitted to a picture that has just arrived. */
export function amend(history: History, present: Workspace): History {
  return { ...history, present };
}

/** Ends the open step: the next change begins a new one. */
export function closeStep(history: History): History {
  return history.open === null ? history : { ...history, open: null };
}

export function undo(history: History): History {
  const step = history.past.at(-1);
  if (!step) return closeStep(history);
  return {
    past: history.past.slice(0, -1),
    present: across(history.present, step),
    future: [...history.future, { workspace: history.present, withView: step.withView }],
    open: null,
  };
}

export function redo(history: History): History {
  const step = history.future.at(-1);
  if (!step) return closeStep(history);
  return {
    past: [...history.past, { workspace: history.present, withView: step.withView }],
    present: across(history.present, step),
    future: history.future.slice(0, -1),
    open: null,
  };
}

function across(from: Workspace, step: Step): Workspace {
  return step.withView
    ? step.workspace
    : { ...step.workspace, view: fitView(viewOn(from, step.workspace), step.workspace) };
}

function joins(history: History, key: string | null): boolean {
  return key !== null && history.open === key;
}
