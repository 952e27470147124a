/**
 * Keeps the focus where the person is. A control that goes away with its own action (Done, Freeze, Close) would leave the focus to the
 * page as a whole: keys would reach nobody, and Tab would begin anew. Then it moves to the nearest part around that is still there.
 */

/** Watches the page; gives the function that stops. */
export function keepFocus(page: Document): () => void {
  let around: readonly HTMLElement[] = [];
  const remember = (): void => {
    around = partsAround(page.activeElement);
  };
  // After the page has drawn what the action changed.
  const check = (): void => {
    requestAnimationFrame(() => requestAnimationFrame(() => restore(page, around)));
  };
  const events = ['click', 'keyup'] as const;
  page.addEventListener('focusin', remember);
  for (const event of events) page.addEventListener(event, check, true);
  return () => {
    page.removeEventListener('focusin', remember);
    for (const event of events) page.removeEventListener(event, check, true);
  };
}

/** The element and everything around it, up to the page. */
function partsAround(element: Element | null): readonly HTMLElement[] {
  const parts: HTMLElement[] = [];
  for (let part = element; part && part !== part.ownerDocument.body; part = part.parentElement)
    if (part instanceof HTMLElement) parts.push(part);
  return parts;
}

function restore(page: Document, around: readonly HTMLElement[]): void {
  const [last] = around;
  // The focus is somewhere, or what had it is still there and gave it up on purpose.
  if (page.activeElement !== page.body || !last || last.isConnected) return;
  const part = around.find((each) => each.isConnected);
  if (!part) return;
  if (!part.hasAttribute('tabindex')) part.tabIndex = -1;
  part.focus({ preventScroll: true });
}
