/** The question before the reader of links is loaded. */

/** True when the page was opened by a link that holds a state, of this version or another. */
export function isShareLink(hash: string): boolean {
  return /^#v\d+=/.test(hash);
}
