import { afterEach, beforeEach, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { keepFocus } from './keepFocus.ts';

let stop: () => void;
beforeEach(() => {
  document.body.innerHTML =
    '<section id="panel"><div id="row"><button>Done</button></div><button>Other</button></section>';
  stop = keepFocus(document);
});
afterEach(() => {
  stop();
  document.body.innerHTML = '';
});

const done = () => document.querySelector('button')!;

it('moves the focus to the nearest part that stays when a control goes away with its own action', async () => {
  done().addEventListener('click', () => document.querySelector('#row')!.remove());
  await userEvent.click(done());
  await expect.poll(() => document.activeElement?.id).toBe('panel');
});

it('leaves the focus alone where it went on purpose', async () => {
  done().addEventListener('click', (event) => {
    (event.currentTarget as HTMLElement).remove();
    document.querySelector('button')!.focus();
  });
  await userEvent.click(done());
  expect(document.activeElement?.textContent).toBe('Other');
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard('a');
  expect(document.activeElement).toBe(document.body);
});
