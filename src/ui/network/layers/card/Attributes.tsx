/** Every attribute of a layer as a control, by PyTorch's name; what is impossible for what the layer reads is not offered. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphNode } from '../../../../graph/graph.ts';
import { type AttributeField, attributeFields } from '../../../../graph/network/attributes/fields.ts';
import type { AttributeValue } from '../../../../graph/network/attributes/setAttribute.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import type { Place } from '../../../../views/network/table/code.ts';
import { rangeAt, withNumber } from '../../../../views/network/table/setNumber.ts';
import { NumberField } from '../../../components/NumberField.tsx';
import { SelectMenu } from '../../../components/SelectMenu.tsx';
import { Toggle } from '../../../components/Toggle.tsx';
import { type LayerEdits, shapesRead } from '../useEdits.ts';

interface AttributesProps {
  readonly node: GraphNode;
  readonly plan: NetworkPlan;
  readonly edits: LayerEdits;
}

export function Attributes({ node, plan, edits }: AttributesProps) {
  const fields = useMemo(() => attributeFields(node.operator, shapesRead(plan, node.id)), [node, plan]);
  return fields.map((field) => (
    <div key={field.key} className="row-card-line">
      <span className="mono" aria-hidden="true">
        {field.name}
      </span>
      <span className="row-card-controls">
        <Field
          field={field}
          name={`${field.name} (${node.id})`}
          onNumber={(place, value) =>
            edits.setAttribute(node.id, field.key, (operator) => withNumber(operator, field.key, place, value))
          }
          onValue={(value) => edits.setAttribute(node.id, field.key, () => value)}
        />
      </span>
    </div>
  ));
}

interface FieldProps {
  readonly field: AttributeField;
  readonly name: string;
  readonly onNumber: (place: Place, value: number) => void;
  readonly onValue: (value: AttributeValue) => void;
}

const sides = ['top', 'bottom', 'left', 'right'] as const;

function Field({ field, name, onNumber, onValue }: FieldProps) {
  const { t } = useTranslation('network');
  const number = (place: Place, value: number, part: string) => (
    <PlaceField key={part} {...{ field, place, value }} name={part ? `${name}: ${part}` : name} onChange={onNumber} />
  );
  switch (field.kind) {
    case 'number':
      return number('all', field.value, '');
    case 'pair':
      return [number(0, field.value[0], t('layers.card.rows')), number(1, field.value[1], t('layers.card.columns'))];
    case 'quad':
      return field.value.map((value, axis) => number(axis as 0 | 1 | 2 | 3, value, 'NCHW'[axis]!));
    case 'sides':
      return (
        <>
          {field.words.length > 0 && (
            <SelectMenu
              label={name}
              mono
              value={field.word ?? ''}
              options={[
                { value: '', label: t('layers.card.byNumbers') },
                ...field.words.map((word) => ({ value: word, label: `'${word}'` })),
              ]}
              onChange={(word) => onValue(word === '' ? field.value : word)}
            />
          )}
          {field.word === null && sides.map((side) => number(side, field.value[side], t(`layers.card.${side}`)))}
        </>
      );
    case 'choice':
      return (
        <SelectMenu
          label={name}
          mono
          value={field.value}
          options={field.choices.map((value) => ({ value, label: value }))}
          onChange={onValue}
        />
      );
    case 'boolean':
      return <Toggle label="" name={name} checked={field.value} onChange={onValue} />;
    case 'axes':
      return (
        <SelectMenu
          label={name}
          mono
          value={field.value.join()}
          options={axesChoices(field).map((axes) => ({ value: axes.join(), label: `(${axes.join(', ')})` }))}
          onChange={(text) => onValue(text.split(',').map(Number))}
        />
      );
    default:
      return field satisfies never;
  }
}

interface PlaceFieldProps {
  readonly field: AttributeField;
  readonly place: Place;
  readonly value: number;
  readonly name: string;
  readonly onChange: (place: Place, value: number) => void;
}

function PlaceField({ field, place, value, name, onChange }: PlaceFieldProps) {
  const range = rangeAt(field, place);
  if (!range) return null;
  const { min, max, step, allowed } = range;
  return (
    <NumberField
      {...{ name, value, min, max, step }}
      {...(allowed ? { allowed } : {})}
      onChange={(next) => onChange(place, next)}
    />
  );
}

/** All orders of the four axes; or every set of them, the present one as it is. */
function axesChoices({ value, isOrder }: Extract<AttributeField, { readonly kind: 'axes' }>): readonly number[][] {
  const axes = [0, 1, 2, 3];
  if (isOrder) return orders(axes);
  const sets = Array.from({ length: 15 }, (_, i) => axes.filter((axis) => ((i + 1) >> axis) & 1));
  const isListed = sets.some((set) => set.join() === value.join());
  return isListed ? sets : [[...value], ...sets];
}

function orders(list: readonly number[]): number[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first) => orders(list.filter((each) => each !== first)).map((rest) => [first, ...rest]));
}
