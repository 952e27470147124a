/** The parts of a session that are fetched when they are first asked for, fetched before: exports, files, links, the check. */
export const loadLive = (): Promise<unknown> =>
  Promise.all([
    import('./exports.ts'),
    import('./sharing.ts'),
    import('./checkOutput.ts'),
    import('fflate'),
    import('./kinds/kindDesk.ts'),
    import('../formats/identifyFile.ts'),
    import('../formats/image/frames.ts'),
  ]);
