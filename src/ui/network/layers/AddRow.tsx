/** What can be added behind the chosen row: the layers that most networks are made of as buttons, everything else in a menu. */
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { insertAfter } from '../../../graph/network/edit.ts';
import { layerKinds } from '../../../graph/network/kinds.ts';
import { blockNames, type Template, templateBlock, templateGraph } from '../../../graph/network/templates.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { activationNames } from '../../../operators/activation/attributes.ts';
import type { TableRow } from '../../../views/network/table/rows.ts';
import { Menu, MenuItem, MenuSeparator } from '../../components/Menu.tsx';
import { outputOf } from './moving.ts';
import { type LayerEdits, shapeAt } from './useEdits.ts';

const common = [
  ['conv3x3', { template: 'layer', kind: 'conv2d' }],
  ['conv1x1', { template: 'block', name: 'conv1x1' }],
  ['depthwise', { template: 'block', name: 'depthwise_separable' }],
  ['dilated', { template: 'block', name: 'dilated' }],
  ['maxpool', { template: 'pool', function: 'max' }],
  ['relu', { template: 'activation', function: 'relu' }],
] as const satisfies readonly (readonly [string, Template])[];

interface AddRowProps {
  readonly plan: NetworkPlan;
  readonly edits: LayerEdits;
  /** Null: behind the last layer. */
  readonly behind: TableRow | null;
  readonly onAdded: (focus: string) => void;
}

export function AddRow({ plan, edits, behind, onAdded }: AddRowProps) {
  const { t } = useTranslation('network');
  const last = plan.whole.nodes.at(-1)!.id;
  const place = behind ? outputOf(plan.whole, behind) : last;
  const add = (template: Template) => {
    const focus = edits.change((graph) => {
      const part = templateGraph(template, shapeAt(plan, place));
      if (!part.ok) return part;
      return { ok: true, value: insertAfter(graph, place, part.value, templateBlock(template)) };
    });
    if (focus !== null) onAdded(focus);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of commands
    <div className="network-add" role="group" aria-label={t('layers.add.region', { layer: place })}>
      <span className="network-add-place muted">{t('layers.add.behind', { layer: place })}</span>
      {common.map(([name, template]) => (
        <button key={name} type="button" className="network-add-button" onClick={() => add(template)}>
          <Plus aria-hidden="true" />
          {t(`layers.add.${name}`)}
        </button>
      ))}
      <Menu
        align="start"
        columns={2}
        trigger={
          <button type="button" className="network-add-button">
            <Plus aria-hidden="true" />
            {t('layers.add.more')}
          </button>
        }
      >
        <Group label={t('layers.add.layers')}>
          {layerKinds.map((kind) => (
            <MenuItem key={kind} label={kind} onSelect={() => add({ template: 'layer', kind })} />
          ))}
        </Group>
        <MenuSeparator />
        <Group label={t('layers.add.blocks')}>
          {blockNames.map((name) => (
            <MenuItem key={name} label={t(`layers.blocks.${name}`)} onSelect={() => add({ template: 'block', name })} />
          ))}
        </Group>
        <MenuSeparator />
        <Group label={t('layers.add.activations')}>
          {activationNames
            .filter((name) => name !== 'none')
            .map((name) => (
              <MenuItem key={name} label={name} onSelect={() => add({ template: 'activation', function: name })} />
            ))}
        </Group>
      </Menu>
    </div>
  );
}

function Group({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of menu items
    <div role="group" aria-label={label}>
      <div className="menu-label" aria-hidden="true">
        {label}
      </div>
      {children}
    </div>
  );
}
