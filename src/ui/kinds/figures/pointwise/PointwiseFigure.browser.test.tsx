import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { loadWords, startI18n } from '../../../../i18n/index.ts';
import { toUnits } from '../../../../math/rounding.ts';
import { newKind } from '../../../../store/kind.ts';
import { pinUnit } from '../../../../store/pointer.ts';
import { createKindSession, type KindSession } from '../../../explore/testing/kindSession.ts';
import { renderWithSession } from '../../../explore/testing/renderWithSession.tsx';
import { violations } from '../../../explore/testing/violations.ts';
import { PointwiseFigure } from './PointwiseFigure.tsx';

let computed: KindSession;
afterEach(() => computed.dispose());

const printed = (text: string | null | undefined) => Number((text ?? '').replace('−', '-').replace(/^= /, ''));

it('writes the pinned value as a sum that adds up and is what the map holds', async () => {
  computed = await createKindSession([20, 30], newKind('pointwise'));
  pinUnit(computed.session.pointer, { channel: 3, y: 7, x: 11 });
  await startI18n('en');
  await loadWords('kinds');
  const { engine, output, kind } = computed;
  await renderWithSession(
    computed.session,
    <div style={{ height: 270, display: 'flex' }}>
      <PointwiseFigure {...{ engine, output, kind }} />
    </div>,
    { width: 860 },
  );
  await expect.element(page.getByText('12 more')).toBeVisible();
  const terms = [...document.querySelectorAll('.mixture > figure:not(.mixture-response) > p:last-child')];
  const others = [...document.querySelectorAll('.mixture-rest dd')];
  const sum = document.querySelector('.mixture-response > p');
  expect(terms).toHaveLength(4);
  const total = [...terms, ...others].reduce((all, { textContent }) => all + toUnits(printed(textContent), 6), 0);
  expect(total).toBe(toUnits(printed(sum?.textContent), 6));
  const [held] = await engine.read(output.maps, { channel: 3, channels: 1, y: 7, x: 11, height: 1, width: 1 });
  expect(Number(sum?.getAttribute('title'))).toBeCloseTo(held!, 5);
  const [whole, response] = ['.mixture', '.mixture-response'].map((selector) =>
    document.querySelector(selector)!.getBoundingClientRect(),
  );
  expect(response!.right).toBeLessThanOrEqual(whole!.right + 1);
  expect(response!.width).toBeGreaterThan(40);
  expect(await violations()).toEqual([]);
});
