/** The controls of a kind's attributes, each under its PyTorch name with its range for the input that is there. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KindAttributes, newAttributes } from '../../graph/layers/kindAttributes.ts';
import { fitAttributes } from '../../graph/layers/kindLayer.ts';
import {
  type CountName,
  countRange,
  type KindNow,
  type PairName,
  paddingRange,
  pairRange,
} from '../../graph/layers/kindRanges.ts';
import { activationNames } from '../../operators/activation/attributes.ts';
import { paddingModes } from '../../operators/conv2d/attributes.ts';
import { NumberSlider } from '../components/NumberSlider.tsx';
import { SelectMenu } from '../components/SelectMenu.tsx';
import { Toggle } from '../components/Toggle.tsx';
import { Tooltip } from '../components/Tooltip.tsx';
import { ComponentLabel } from '../explore/layer/ComponentLabel.tsx';
import { LinkToggle } from '../explore/layer/LinkToggle.tsx';
import { attributeNames, libraryNames } from './attributeNames.ts';
import { fieldsOfKind } from './kindFields.ts';
import { useChangeAttributes, useKind, useKindPlace } from './useKind.ts';

export function KindFields() {
  const { kind, attributes } = useKind();
  const place = useKindPlace();
  const now = useMemo<KindNow>(
    () => ({ kind, place, attributes: fitAttributes(kind, attributes, place) }),
    [kind, attributes, place],
  );
  return fieldsOfKind(kind).map((name) => <Field key={name} name={name} now={now} />);
}

function Field({ name, now }: { readonly name: keyof KindAttributes; readonly now: KindNow }) {
  switch (name) {
    case 'kernelSize':
    case 'stride':
    case 'dilation':
    case 'outputPadding':
      return <PairField name={name} now={now} />;
    case 'padding':
      return <PaddingField now={now} />;
    case 'groups':
    case 'outChannels':
    case 'depthMultiplier':
    case 'middleChannels':
    case 'offsetGroups':
      return <CountField name={name} now={now} />;
    case 'bias':
    case 'firstBias':
    case 'hasMask':
      return <SwitchField name={name} now={now} />;
    case 'paddingMode':
    case 'between':
      return <ChoiceField name={name} now={now} />;
    default:
      return name satisfies never;
  }
}

/** What a tooltip says: one sentence, and the name in every library that has it. */
function useHint(name: keyof KindAttributes, kind: KindNow['kind']) {
  const { t } = useTranslation('kinds');
  const special = name === 'padding' && kind === 'transposed' ? 'crop' : name;
  return { text: t(`attributes.${special}`), names: libraryNames[name] };
}

function PairField({ name, now }: { readonly name: PairName; readonly now: KindNow }) {
  const { t } = useTranslation();
  const change = useChangeAttributes();
  const [wantsLink, setWantsLink] = useState(true);
  const hint = useHint(name, now.kind);
  const [height, width] = now.attributes[name];
  const isLinked = wantsLink && height === width;
  const reset = newAttributes(now.kind)[name];
  const code = attributeNames[name];
  const parts = isLinked ? (['both'] as const) : (['height', 'width'] as const);
  return (
    <div className="layer-row">
      <div className="layer-sliders" data-parts={!isLinked}>
        {parts.map((part) => (
          <NumberSlider
            key={part}
            {...pairRange(now, name, part)}
            name={part === 'both' ? code : `${code} ${part}`}
            {...(part === 'both' ? {} : { label: <ComponentLabel attribute={code} part={part} /> })}
            value={part === 'width' ? width : height}
            resetValue={reset[part === 'width' ? 1 : 0]}
            hint={hint}
            onChange={(value) =>
              change(`${name}/${part}`, (present) => {
                const [h, w] = present[name];
                return { [name]: [part === 'width' ? h : value, part === 'height' ? w : value] };
              })
            }
          />
        ))}
      </div>
      <LinkToggle
        label={t('layer.link', { name: code })}
        isLinked={isLinked}
        onChange={(linked) => {
          setWantsLink(linked);
          if (linked) change(null, (present) => ({ [name]: [present[name][0], present[name][0]] }));
        }}
      />
    </div>
  );
}

const sides = ['top', 'bottom', 'left', 'right'] as const;

function PaddingField({ now }: { readonly now: KindNow }) {
  const { t } = useTranslation();
  const change = useChangeAttributes();
  const [wantsLink, setWantsLink] = useState(true);
  const hint = useHint('padding', now.kind);
  const { padding } = now.attributes;
  const isLinked = wantsLink && sides.every((side) => padding[side] === padding.top);
  const reset = newAttributes(now.kind).padding.top;
  const parts = isLinked ? (['all'] as const) : sides;
  return (
    <div className="layer-row">
      <div className="layer-sliders" data-parts={!isLinked}>
        {parts.map((side) => (
          <NumberSlider
            key={side}
            {...paddingRange(now, side)}
            name={side === 'all' ? 'padding' : `padding ${side}`}
            {...(side === 'all' ? {} : { label: <ComponentLabel attribute="padding" part={side} /> })}
            value={side === 'all' ? padding.top : padding[side]}
            resetValue={reset}
            hint={hint}
            onChange={(value) =>
              change(`padding/${side}`, (present) => ({
                padding:
                  side === 'all'
                    ? { top: value, bottom: value, left: value, right: value }
                    : { ...present.padding, [side]: value },
              }))
            }
          />
        ))}
      </div>
      <LinkToggle
        label={t('layer.linkSides')}
        isLinked={isLinked}
        onChange={(linked) => {
          setWantsLink(linked);
          const { top } = padding;
          if (linked) change(null, () => ({ padding: { top, bottom: top, left: top, right: top } }));
        }}
      />
    </div>
  );
}

function CountField({ name, now }: { readonly name: CountName; readonly now: KindNow }) {
  const change = useChangeAttributes();
  const hint = useHint(name, now.kind);
  return (
    <div className="layer-row">
      <div className="layer-sliders">
        <NumberSlider
          {...countRange(now, name)}
          name={now.kind === 'linear' && name === 'outChannels' ? 'out_features' : attributeNames[name]}
          value={now.attributes[name]}
          resetValue={newAttributes(now.kind)[name]}
          hint={hint}
          onChange={(value) => change(name, () => ({ [name]: value }))}
        />
      </div>
    </div>
  );
}

function SwitchField({ name, now }: { readonly name: 'bias' | 'firstBias' | 'hasMask'; readonly now: KindNow }) {
  const { t } = useTranslation('kinds');
  const change = useChangeAttributes();
  const hint = useHint(name, now.kind);
  const label = name === 'hasMask' ? t('mask') : name === 'firstBias' ? t('firstBias') : 'bias';
  return (
    <div className="layer-mode">
      <Toggle
        label={<span className={name === 'bias' ? 'mono' : ''}>{label}</span>}
        name={label}
        hint={hint.text}
        checked={now.attributes[name]}
        onChange={(checked) => change(null, () => ({ [name]: checked }))}
      />
    </div>
  );
}

function ChoiceField({ name, now }: { readonly name: 'paddingMode' | 'between'; readonly now: KindNow }) {
  const { t } = useTranslation();
  const { t: kinds } = useTranslation('kinds');
  const change = useChangeAttributes();
  const hint = useHint(name, now.kind);
  const label = name === 'between' ? kinds('between') : attributeNames[name];
  return (
    <div className="layer-mode">
      <Tooltip {...hint} side="top">
        <span className={name === 'between' ? '' : 'mono'}>{label}</span>
      </Tooltip>
      {name === 'between' ? (
        <SelectMenu
          label={label}
          options={activationNames.map((each) => ({ value: each, label: t(`layer.activations.${each}`) }))}
          value={now.attributes.between}
          onChange={(between) => change(null, () => ({ between }))}
        />
      ) : (
        <SelectMenu
          label={label}
          mono
          options={paddingModes.map((mode) => ({ value: mode, label: mode }))}
          value={now.attributes.paddingMode}
          onChange={(paddingMode) => change(null, () => ({ paddingMode }))}
        />
      )}
    </div>
  );
}
