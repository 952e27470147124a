import { afterEach, describe, expect, it } from 'vitest';
import { type ChannelsView, parseChannels, parseChannelsView } from '../../store/channels.ts';
import { constantStory } from './constantStory.ts';
import { factsOf, livelinessOf, valuesOf } from './liveliness.ts';
import { lookedAt } from './looked.ts';
import { type OpenedChannels, openChannels, settled } from './testing/openChannels.ts';

let opened: OpenedChannels | null = null;
afterEach(() => {
  opened?.dispose();
  opened = null;
});

async function start(...choice: Parameters<typeof openChannels>) {
  opened = await openChannels(...choice);
  return opened;
}

describe.each(['cpu', 'webgpu'] as const)('channels on %s', (kind) => {
  it('finds the ten numerically zero filters of PoseNet’s first layer, and those that are constant beside them', async () => {
    const { desk } = await start(kind, {});
    await settled(desk);
    const { subject, measured, isWhole } = desk.results.getState();
    expect(isWhole).toBe(true);
    expect(subject!.layers).toHaveLength(31);
    const [first, second] = subject!.layers;
    const weakBy = (rule: ChannelsView['rule'], layer = first!) =>
      livelinessOf(factsOf(subject!, measured, layer), { rule, threshold: null }).weak;
    expect(weakBy('zero-filter').size).toBe(10);
    // A dead filter's channel is its bias everywhere, at most.
    const constant = weakBy('constant');
    expect([...weakBy('zero-filter')].every((channel) => constant.has(channel))).toBe(true);
    expect(weakBy('constant', second!).size).toBeGreaterThanOrEqual(10);
    expect(second!.readers).toHaveLength(1);
    // Three of the ten go on as the bias of the depthwise filter behind them: the same is told from either layer.
    const feeding = constantStory(subject!, measured, first!)!;
    expect(feeding.fed).toHaveLength(1);
    const { layer, channels } = feeding.fed[0]!;
    expect(layer.node).toBe(second!.node);
    expect(channels).toHaveLength(3);
    const bias = valuesOf(subject!, second!.node)!.bias!;
    for (const { channel, value, from } of channels) {
      expect(from).toBe(channel);
      expect(weakBy('zero-filter').has(channel)).toBe(true);
      expect(value).toBeGreaterThan(0);
      expect(value).toBeCloseTo(bias[channel]!, 4);
    }
    expect(constantStory(subject!, measured, second!)!.own.channels.filter(({ from }) => from !== null)).toEqual(
      channels,
    );
  });

  it('holds a layer against the next that reads it, and within itself', async () => {
    const { desk, workspace } = await start(kind, { model: 'nin-g04' }, { layer: 'conv2c' });
    await settled(desk);
    const { correlations, subject } = desk.results.getState();
    const { layer, other } = lookedAt(subject!, parseChannelsView(workspace.getState().workspace.view.channels))!;
    expect([layer.node, other.node, other.groups]).toEqual(['conv2c', 'conv3a', 4]);
    expect(correlations!.found.pearson).toMatchObject({ rows: 96, columns: 96 });
    expect(correlations!.found.canonical[0]).toBeGreaterThan(0.5);
    const { view } = workspace.getState().workspace;
    workspace.getState().setView({ channels: { ...view.channels, other: 'conv2c' } });
    await expect.poll(() => desk.results.getState().correlations?.nodes[1], { timeout: 30_000 }).toBe(layer.response);
    const { values } = desk.results.getState().correlations!.found.pearson;
    const alive = Array.from({ length: 96 }, (_, c) => values[97 * c]!).filter((value) => value !== 0);
    for (const own of alive) expect(own).toBeCloseTo(1, 4);
  });

  it('looks into the network of the Network screen, and leaves no tensor behind', async () => {
    const { desk, engine } = await start(kind, { model: 'network' });
    await settled(desk);
    const { subject, pictures, excitements } = desk.results.getState();
    expect(subject!.layers.map(({ node }) => node)).toContain('conv5');
    expect(pictures).toHaveLength(1);
    expect(excitements!.found).toHaveLength(subject!.layers[0]!.outChannels);
    desk.dispose();
    await expect.poll(() => engine.counters.liveTensors).toBe(0);
  });
});

describe('the desk', () => {
  it('says why own pictures cannot be had', async () => {
    const hash = 'a'.repeat(64);
    const images = { source: 'files', count: 1, size: 33 } as const;
    const { desk } = await start('cpu', { model: 'nin-g16', images, files: [{ hash, name: 'gone.png' }] });
    await expect
      .poll(() => desk.results.getState().problem, { timeout: 30_000 })
      .toMatchObject({ kind: 'photo', code: 'missing', values: { name: 'gone.png' } });
  });

  it('stops where a person says so, and goes on with the next change', async () => {
    const { desk, workspace } = await start('cpu', { model: 'nin-g16' });
    await expect.poll(() => desk.results.getState().progress, { timeout: 30_000 }).not.toBeNull();
    desk.stop();
    await expect.poll(() => desk.results.getState().progress, { timeout: 30_000 }).toBeNull();
    expect(desk.results.getState().isStopped).toBe(true);
    workspace.getState().setPart('channels', null, (state) => ({ ...parseChannels(state), model: 'nin-g08' }));
    await settled(desk);
    expect(desk.results.getState().isStopped).toBe(false);
  });
});
