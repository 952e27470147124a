/** The charts of Train: what is said of them, ticks that differ, bars of one standard error, and nothing that axe finds. */
import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { violations } from '../../explore/testing/violations.ts';
import '../../theme/base.css';
import '../../theme/tokens.css';
import './curves.css';
import { LineChart } from './LineChart.tsx';
import { PointChart } from './PointChart.tsx';

it('curves of training have ticks that differ, however short they are, and a mark where the loss is reached', async () => {
  const line = { name: 'g 1', place: 0, points: [2.377, 2.381, 2.379].map((y, i) => ({ x: i + 1, y })) };
  await render(
    <LineChart
      label="Training loss."
      lines={[{ ...line, mark: { x: 3, y: 2.379 } }]}
      xEnd={3}
      yRange={[2.377, 2.381]}
      xName="step"
      yText={(value) => value.toFixed(2)}
      level={2.379}
    />,
  );
  const chart = page.getByRole('img', { name: 'Training loss. g 1: 2.38' }).element();
  const texts = [...chart.querySelectorAll('.line-chart-axis.mono')].map(({ textContent }) => textContent);
  expect(texts).toEqual(['2.377', '2.378', '2.379', '2.380', '2.381', '0', '1', '2', '3']);
  expect(chart.querySelectorAll('.line-chart-level')).toHaveLength(1);
  expect(chart.querySelector('.line-chart-mark')?.getAttribute('cy')).toBe(
    chart.querySelector('.line-chart-level')?.getAttribute('y1'),
  );
  expect(await violations()).toEqual([]);
});

it('points over the width are said with their values, come one by one, and have bars of their errors', async () => {
  const points = [
    { x: 0.25, y: 0.5, error: 0.1 },
    { x: 1, y: 0.7, error: 0.1 },
  ];
  const chart = (series: readonly { name: string; points: typeof points; colour: string }[]) => (
    <PointChart
      {...{ title: 'Accuracy', xs: [0.25, 0.5, 1], xText: String, xName: 'width', none: 'Nothing yet.' }}
      series={series}
      yText={(value) => `${100 * value} %`}
      isShare
    />
  );
  const series = { name: 'tested', colour: '--ink', points: points.slice(0, 1) };
  const { rerender } = await render(chart([{ ...series, points: [] }]));
  await expect.element(page.getByText('Nothing yet.')).toBeVisible();
  await rerender(chart([series]));
  await expect.element(page.getByRole('img', { name: 'Accuracy. tested: 0.25 50 %' })).toBeVisible();
  await rerender(chart([{ ...series, points }]));
  const drawn = page.getByRole('img', { name: 'Accuracy. tested: 0.25 50 %, 1 70 %' }).element();
  expect(drawn.querySelectorAll('circle')).toHaveLength(2);
  // The line, and a bar for each point.
  expect(drawn.querySelectorAll('path')).toHaveLength(3);
  expect(await violations()).toEqual([]);
});
