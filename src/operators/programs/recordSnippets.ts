/**
 * What the text of a program includes whose store leaves records (RECORDS): loaded where a device does that. It imports nothing of the
 * first view's, so that a bundler leaves that in one piece.
 */
import partials from '../../../shaders/lib/partials.wgsl?raw';

export const recordSnippets: Readonly<Record<string, string>> = { partials };
