import axe from 'axe-core';
import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { startI18n } from '../../i18n/index.ts';
import '../theme/base.css';
import '../theme/tokens.css';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { Menu, MenuChoice, MenuItem } from './Menu.tsx';
import { NumberSlider } from './NumberSlider.tsx';
import { SegmentedControl } from './SegmentedControl.tsx';
import { Sheet, type SheetHeight } from './Sheet.tsx';
import { Toast } from './Toast.tsx';

beforeEach(() => startI18n('en'));

function Stride({ onChange = () => undefined }: { readonly onChange?: (value: number) => void }) {
  const [value, setValue] = useState(1);
  const change = (next: number) => {
    setValue(next);
    onChange(next);
  };
  return (
    <NumberSlider
      name="stride"
      min={1}
      max={8}
      typedMax={12}
      value={value}
      resetValue={1}
      onChange={change}
      hint={{ text: 'How far the window moves.', names: { pytorch: 'stride', onnx: 'strides' } }}
    />
  );
}

function Groups() {
  const [value, setValue] = useState(1);
  return <NumberSlider name="groups" min={1} max={6} allowed={[1, 2, 3, 6]} value={value} onChange={setValue} />;
}

describe('a number by slider and field', () => {
  const field = page.getByRole('spinbutton', { name: 'stride', exact: true });
  const slider = page.getByRole('slider', { name: 'stride slider' });

  it('acts at once on an allowed number that is typed', async () => {
    const onChange = vi.fn();
    await render(<Stride onChange={onChange} />);
    await field.fill('3');
    expect(onChange).toHaveBeenLastCalledWith(3);
    await expect.element(slider).toHaveAttribute('aria-valuetext', '3');
  });

  it('takes a typed number beyond the slider; 99 becomes the largest, 12, and that is said', async () => {
    await render(<Stride />);
    await field.fill('10');
    await expect.element(slider).toHaveValue('8');
    await field.fill('99');
    await userEvent.keyboard('{Enter}');
    await expect.element(field).toHaveValue(12);
    await expect.element(page.getByRole('status')).toHaveTextContent('stride can be 1 to 12 here: set to 12.');
  });

  it('says that 2.5 is no whole number, and one field at a time has something to say', async () => {
    await render(
      <>
        <Stride />
        <Groups />
      </>,
    );
    await field.fill('2.5');
    await userEvent.keyboard('{Enter}');
    await expect.element(field).toHaveValue(3);
    const said = page.getByText(/set to/);
    await expect.element(said).toHaveTextContent('stride takes whole numbers: set to 3.');
    await page.getByRole('spinbutton', { name: 'groups', exact: true }).fill('4');
    await userEvent.keyboard('{Enter}');
    await expect.element(said).toHaveTextContent('groups can be 1, 2, 3, 6 here: set to 3.');
  });

  it('steps by arrow keys in the field and on the slider', async () => {
    await render(<Stride />);
    await field.click();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    await expect.element(field).toHaveValue(3);
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}{ArrowRight}{End}');
    await expect.element(field).toHaveValue(8);
  });

  it('steps by the wheel only while it has the focus', async () => {
    const { container } = await render(<Stride />);
    const wheel = () =>
      container
        .querySelector('.slider')
        ?.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true, cancelable: true }));
    wheel();
    await expect.element(field).toHaveValue(1);
    await field.click();
    wheel();
    await expect.element(field).toHaveValue(2);
  });

  it('goes back to its first value on a double-click', async () => {
    await render(<Stride />);
    await field.fill('5');
    await slider.dblClick();
    await expect.element(field).toHaveValue(1);
    await field.fill('5');
    // In the field a double click selects the number.
    await field.dblClick();
    await expect.element(field).toHaveValue(5);
  });

  it('takes back what a finger moved that went on to scroll', async () => {
    await render(<Stride />);
    const element = slider.element();
    const touch = (type: string) =>
      element.dispatchEvent(new PointerEvent(type, { pointerType: 'touch', bubbles: true }));
    touch('pointerdown');
    await slider.fill('6');
    await expect.element(field).toHaveValue(6);
    touch('pointercancel');
    await expect.element(field).toHaveValue(1);
  });

  it('keeps to a list of allowed values: typed 4 becomes 3, the nearest of 1, 2, 3, 6', async () => {
    await render(<Groups />);
    const groups = page.getByRole('spinbutton', { name: 'groups', exact: true });
    await groups.fill('4');
    await userEvent.keyboard('{Enter}');
    await expect.element(groups).toHaveValue(3);
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(groups).toHaveValue(6);
  });

  it('tells a sighted keyboard user what it is, with its names in code', async () => {
    await render(<Stride />);
    await userEvent.keyboard('{Tab}');
    await expect
      .element(page.getByRole('tooltip'))
      .toHaveTextContent('How far the window moves.PyTorch strideONNX strides');
  });

  it('speaks Korean with the right particles', async () => {
    await startI18n('ko');
    await render(<Stride />);
    await field.fill('99');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('status')).toHaveTextContent('지금 stride는 1~12만 가능해서 12로 맞췄습니다.');
  });
});

function ExampleMenu({ onSelect }: { readonly onSelect: (what: string) => void }) {
  return (
    <Menu trigger={<Button>Export</Button>}>
      <MenuItem label="Experiment as .npz" hint="x, y" onSelect={() => onSelect('npz')} />
      <MenuItem label="Maps as PNG" disabled onSelect={() => onSelect('png')} />
      <MenuChoice
        label="Theme"
        options={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        value="light"
        onChange={onSelect}
      />
    </Menu>
  );
}

describe('a menu', () => {
  it('closes when an item is chosen, and gives the focus back', async () => {
    const onSelect = vi.fn();
    await render(<ExampleMenu onSelect={onSelect} />);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: '.npz' }).click();
    expect(onSelect).toHaveBeenCalledWith('npz');
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Export' })).toHaveFocus();
  });

  it('is moved through by arrow keys, ends and first letters, and closed by Escape', async () => {
    await render(<ExampleMenu onSelect={() => undefined} />);
    await page.getByRole('button', { name: 'Export' }).click();
    await userEvent.keyboard('{End}');
    await expect.element(page.getByRole('menuitemradio', { name: 'Dark' })).toHaveFocus();
    await userEvent.keyboard('m');
    await expect.element(page.getByRole('menuitem', { name: 'Maps as PNG' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('menuitem', { name: '.npz' })).not.toBeInTheDocument();
  });

  it('does nothing for a disabled item', async () => {
    const onSelect = vi.fn();
    await render(<ExampleMenu onSelect={onSelect} />);
    await page.getByRole('button', { name: 'Export' }).click();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onSelect).not.toHaveBeenCalled();
  });
});

function ExampleSheet() {
  const [height, setHeight] = useState<SheetHeight>('middle');
  return (
    <Sheet label="Controls" head="tabs" height={height} onHeight={setHeight}>
      content
    </Sheet>
  );
}

function Growing() {
  const [height, setHeight] = useState(40);
  return (
    <Dialog open onClose={() => undefined} title="Growing">
      <Button onClick={() => setHeight(400)}>Grow</Button>
      <div style={{ height }} />
    </Dialog>
  );
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

describe('the other controls', () => {
  it('keeps the tooltip of a dialog’s button beside it when the dialog grows', async () => {
    await render(<Growing />);
    const close = page.getByRole('button', { name: 'Close' });
    await userEvent.tab({ shift: true });
    await userEvent.tab();
    await expect.element(close).toHaveFocus();
    await expect.element(page.getByRole('tooltip')).toBeVisible();
    const gap = () =>
      page.getByRole('tooltip').element().getBoundingClientRect().top - close.element().getBoundingClientRect().bottom;
    // The placement of its opening is over.
    for (let i = 0; i < 4; i++) await frame();
    const before = gap();
    const top = close.element().getBoundingClientRect().top;
    // Not by a press, which would take the focus and the tooltip with it.
    (page.getByRole('button', { name: 'Grow' }).element() as HTMLElement).click();
    await vi.waitFor(() => expect(close.element().getBoundingClientRect().top).toBeLessThan(top));
    await vi.waitFor(() => expect(gap()).toBeCloseTo(before, 0));
  });

  it('a segmented control is a radio group', async () => {
    const onChange = vi.fn();
    await render(
      <SegmentedControl
        label="Range"
        value="unit"
        onChange={onChange}
        options={[
          { value: 'unit', label: '[0, 1]' },
          { value: 'byte', label: '0–255' },
        ]}
      />,
    );
    await page.getByRole('radio', { name: '0–255' }).click();
    expect(onChange).toHaveBeenCalledWith('byte');
    await expect.element(page.getByRole('radio', { name: '[0, 1]' })).toBeChecked();
  });

  it('a dialog takes the focus and closes on Escape', async () => {
    const onClose = vi.fn();
    await render(
      <Dialog open title="Help" onClose={onClose}>
        words
      </Dialog>,
    );
    await expect.element(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
  });

  it('a toast goes by itself', async () => {
    const onDismiss = vi.fn();
    await render(
      <Toast id={1} duration={50} onDismiss={onDismiss}>
        Copied.
      </Toast>,
    );
    await expect.element(page.getByRole('status')).toHaveTextContent('Copied.');
    await vi.waitFor(() => expect(onDismiss).toHaveBeenCalledOnce());
  });

  it('a sheet stands at three heights, by keys', async () => {
    await render(<ExampleSheet />);
    const handle = page.getByRole('slider', { name: 'Height of the controls' });
    (handle.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(handle).toHaveAttribute('aria-valuetext', 'high');
    await userEvent.keyboard('{Home}');
    await expect.element(handle).toHaveAttribute('aria-valuetext', 'low');
  });

  it('nothing that axe would report', async () => {
    const { container } = await render(
      <main>
        <Stride />
        <Groups />
        <Menu trigger={<Button>Export</Button>}>
          <MenuItem label="PNG" onSelect={() => undefined} />
        </Menu>
      </main>,
    );
    await page.getByRole('button', { name: 'Export' }).click();
    const { violations } = await axe.run(container);
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
