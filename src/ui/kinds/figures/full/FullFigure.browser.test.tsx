import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type Language, loadWords, startI18n } from '../../../../i18n/index.ts';
import { kindNetwork } from '../../../../live/kinds/kindNetwork.ts';
import '../../../../operators/late.ts';
import { defaultWorkspace } from '../../../../store/defaultWorkspace.ts';
import { newKind } from '../../../../store/kind.ts';
import { type ComputedSession, createComputedSession } from '../../../explore/testing/computedSession.ts';
import { renderWithSession } from '../../../explore/testing/renderWithSession.tsx';
import { violations } from '../../../explore/testing/violations.ts';
import { FullFigure } from './FullFigure.tsx';

let computed: ComputedSession | null = null;
afterEach(() => {
  computed?.dispose();
  computed = null;
});

async function open(name: 'linear' | 'locally_connected', language: Language = 'en', width = 860) {
  const state = newKind(name);
  computed = await createComputedSession([60, 90], { ...defaultWorkspace(), kind: state });
  const { session, engine, output } = computed;
  const { picture } = output;
  const { kind } = kindNetwork(state, picture, picture, { learned: () => null, custom: () => null });
  await startI18n(language);
  await loadWords('kinds');
  await renderWithSession(session, <FullFigure engine={engine} output={{ ...output, kind }} kind={kind} />, {
    ...{ language, width },
  });
  return session;
}

const of = (layer: string) => page.getByRole('region', { name: layer, exact: true });
const field = (name: string) => page.getByRole('spinbutton', { name, exact: true });
const three = ['Fully connected', 'Locally connected', 'Convolution'] as const;

describe('the weight matrices', () => {
  it('say their connections, weights, and those of the whole photo', async () => {
    await open('linear');
    // 40 x 40 cells; (2 + 3 x 6 + 2) x (2 + 3 x 3 + 2) taps on pixels of 8 x 5; 16 maps of 60 x 90 from 3.
    await expect.element(of('Fully connected')).toHaveTextContent(/Connections1600Different weights1600.*1\.40.G/);
    await expect.element(of('Locally connected')).toHaveTextContent(/Connections286Different weights360/);
    await expect.element(of('Convolution')).toHaveTextContent(/Connections286Different weights9At full size432/);
  });

  it('show by keys what an output reads and who reads a pixel, in all three at once', async () => {
    await open('linear');
    const matrix = of('Convolution').getByRole('application');
    await expect.element(of('Convolution')).toHaveTextContent('19 reads 9/40');
    (matrix.element() as HTMLElement).focus();
    await userEvent.keyboard('{Shift>}{ArrowUp}{ArrowUp}{/Shift}{ArrowLeft}');
    await expect.element(of('Convolution')).toHaveTextContent('3 reads 6/40');
    await expect.element(of('Convolution')).toHaveTextContent('18 read by 9/40');
    await expect.element(of('Fully connected')).toHaveTextContent('3 reads 40/40');
  });
});

describe('the moved photo', () => {
  it('moves the map of the convolution exactly, and no other', async () => {
    await open('linear');
    await page.getByRole('tab', { name: 'Move the photo' }).click();
    (page.getByRole('application').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    await expect.element(field('Rows down')).toHaveValue(2);
    await expect.element(field('Columns right')).toHaveValue(-3);
    await expect.element(of('Convolution')).toHaveTextContent('0moves along exactly');
    await expect.element(of('Locally connected')).toHaveTextContent('every place has other weights');
    await expect.element(of('Fully connected')).toHaveTextContent('its outputs have no place');
    await page.getByRole('radio', { name: '2', exact: true }).click();
    await expect.element(of('Convolution')).toHaveTextContent('aliasing: no multiple of stride 2');
    await field('Columns right').fill('-4');
    await expect.element(of('Convolution')).toHaveTextContent('0moves along exactly');
  });

  it('changes the stride of a locally connected card', async () => {
    const session = await open('locally_connected');
    await page.getByRole('radio', { name: '2', exact: true }).click();
    expect(session.workspace.getState().workspace.kind?.attributes.stride).toEqual([2, 2]);
  });
});

describe('an erased patch', () => {
  it('is noticed by all outputs of the fully connected layer, by the fields that meet it of the others', async () => {
    await open('linear');
    await page.getByRole('tab', { name: 'Erase a patch' }).click();
    await expect.element(of('Fully connected')).toHaveTextContent('864 of 864');
    // 4 x 4 pixels and a ring of one around them.
    await expect.element(of('Convolution')).toHaveTextContent('36 of 864fields that meet the patch: 36');
    await field('Row of the patch').fill('0');
    await field('Column of the patch').fill('0');
    await expect.element(of('Locally connected')).toHaveTextContent('25 of 864');
  });
});

describe.each([
  ['en', 860],
  ['ko', 366],
] as const)('for everyone (%s, %i)', (language, width) => {
  it('has names for all it shows', async () => {
    await open('linear', language, width);
    for (const tab of page.getByRole('tab').all()) {
      await tab.click();
      expect(await violations()).toEqual([]);
    }
    await expect.element(page.getByRole('region')).toHaveLength(three.length);
  });
});
