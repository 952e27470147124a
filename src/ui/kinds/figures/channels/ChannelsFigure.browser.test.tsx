import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { valuesIn } from '../../../../graph/graph.ts';
import { loadWords, startI18n } from '../../../../i18n/index.ts';
import { newKind } from '../../../../store/kind.ts';
import { pinUnit } from '../../../../store/pointer.ts';
import { createKindSession, type KindSession } from '../../../explore/testing/kindSession.ts';
import { tapAt } from '../../../explore/testing/pointing.ts';
import { renderWithSession } from '../../../explore/testing/renderWithSession.tsx';
import { violations } from '../../../explore/testing/violations.ts';
import { ChannelsFigure } from './ChannelsFigure.tsx';

let computed: KindSession;
afterEach(() => computed.dispose());

async function show(kind: 'shuffled' | 'grouped'): Promise<void> {
  computed = await createKindSession([20, 30], newKind(kind));
  pinUnit(computed.session.pointer, { channel: 5, y: 3, x: 4 });
  await startI18n('en');
  await loadWords('kinds');
  await renderWithSession(
    computed.session,
    <div style={{ height: 270, display: 'flex' }}>
      <ChannelsFigure engine={computed.engine} output={computed.output} kind={computed.kind} />
    </div>,
    { width: 860 },
  );
}

it('counts what an output sees through a shuffle, and without it', async () => {
  await show('shuffled');
  await expect.element(page.getByText('Output 5 reads 16 of 16 input channels.').first()).toBeVisible();
  await userEvent.click(page.getByRole('switch', { name: 'without the shuffle' }));
  await expect.element(page.getByText('Output 5 reads 4 of 16 input channels.').first()).toBeVisible();
  await expect.element(page.getByText(/Without the shuffle every output sees 4 of 16 inputs/)).toBeVisible();
  expect(await violations()).toEqual([]);
});

it('goes from channel to channel by arrow keys, and pins the map of an output', async () => {
  await show('grouped');
  const diagram = page.getByRole('application', { name: /^Connections from 16 input channels to 16 output/ });
  (diagram.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(page.getByText('Input 5 reaches 4 of 16 output channels.').first()).toBeVisible();
  await userEvent.keyboard('{ArrowRight}{ArrowDown}{Enter}');
  expect(computed.session.pointer.getState().pin).toEqual({ channel: 6, y: 3, x: 4 });
  const { width, height } = diagram.element().getBoundingClientRect();
  tapAt(diagram.element(), { x: width - 40, y: height - 4 });
  expect(computed.session.pointer.getState().pin).toEqual({ channel: 15, y: 3, x: 4 });
});

it('says the size of the kernel of each pair of channels, and where there is none', async () => {
  await show('grouped');
  const matrix = page.getByRole('application', { name: /^Sizes of the kernels: 16 outputs by 16 inputs/ });
  (matrix.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(page.getByText('Output 5 does not read input 0.')).toBeVisible();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}');
  // Output 5 is the second of its group, input 4 the first that it reads.
  const weight = valuesIn(computed.output.parameters, 'layer.conv')!.weight.subarray(5 * 4 * 9, (5 * 4 + 1) * 9);
  const norm = Number(Math.hypot(...weight).toPrecision(4));
  await expect.element(page.getByText(`output 5, input 4: ‖w‖ = ${norm}`)).toBeVisible();
});
