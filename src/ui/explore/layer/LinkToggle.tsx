/** Whether several components of an attribute move together. */
import { Link2, Unlink2 } from 'lucide-react';
import { memo } from 'react';
import { IconButton } from '../../components/Button.tsx';

interface LinkToggleProps {
  readonly label: string;
  readonly isLinked: boolean;
  readonly onChange: (isLinked: boolean) => void;
}

export const LinkToggle = memo(function LinkToggle({ label, isLinked, onChange }: LinkToggleProps) {
  const Icon = isLinked ? Link2 : Unlink2;
  return (
    <IconButton
      size="small"
      className="layer-link"
      label={label}
      icon={<Icon aria-hidden="true" />}
      aria-pressed={isLinked}
      onClick={() => onChange(!isLinked)}
    />
  );
});
