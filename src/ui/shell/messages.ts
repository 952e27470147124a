/** One sentence for the person, from anywhere in `ui`: shown as a toast, replaced by the next. */
import { createStore } from 'zustand/vanilla';

interface Messages {
  /** Counts up, so that the same sentence twice is seen twice. */
  readonly id: number;
  /** Already translated; null: nothing to say. */
  readonly text: string | null;
}

export const messages = createStore<Messages>(() => ({ id: 0, text: null }));

export function say(text: string): void {
  messages.setState(({ id }) => ({ id: id + 1, text }));
}

export function hush(): void {
  messages.setState({ text: null });
}
