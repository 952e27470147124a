/** The snippets of all shaders: those of Explore's own programs, and those of the kinds that are loaded when a graph has one. */
import filters from '../../../shaders/lib/filters.wgsl?raw';
import lanes from '../../../shaders/lib/lanes.wgsl?raw';
import phases from '../../../shaders/lib/phases.wgsl?raw';
import target from '../../../shaders/lib/target.wgsl?raw';
import { snippets } from './snippets.ts';

export const lateSnippets: Readonly<Record<string, string>> = { ...snippets, filters, lanes, phases, target };
