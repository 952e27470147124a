/** A mouse at an exact place of an element, CSS pixels from its top left corner: the events that a browser would send. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

function send(type: string, element: Element, place: Place): void {
  const { x, y } = element.getBoundingClientRect();
  const init = { clientX: x + place.x, clientY: y + place.y, pointerType: 'mouse', isPrimary: true, bubbles: true };
  element.dispatchEvent(new PointerEvent(type, init));
}

export function hoverAt(element: Element, place: Place): void {
  send('pointermove', element, place);
}

export function tapAt(element: Element, place: Place): void {
  send('pointerdown', element, place);
  send('pointerup', element, place);
}
