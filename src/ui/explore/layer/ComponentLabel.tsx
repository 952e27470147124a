/** The visible name of one component of an attribute: `stride` height. */
import { useTranslation } from 'react-i18next';

export type Part = 'height' | 'width' | 'top' | 'bottom' | 'left' | 'right';

interface ComponentLabelProps {
  readonly attribute: string;
  readonly part: Part;
}

export function ComponentLabel({ attribute, part }: ComponentLabelProps) {
  const { t } = useTranslation();
  return (
    <>
      <span className="mono">{attribute}</span> <span className="layer-part">{t(`layer.side.${part}`)}</span>
    </>
  );
}
