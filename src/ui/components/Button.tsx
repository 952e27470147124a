/** Buttons: with words, or with an icon alone (then `label` names it for everyone and shows as its tooltip). */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import './button.css';
import { Tooltip } from './Tooltip.tsx';

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'className'>;

export interface ButtonProps extends Native {
  readonly variant?: 'plain' | 'primary' | 'quiet';
  readonly size?: 'medium' | 'small';
  /** Stands before the words. */
  readonly icon?: ReactNode;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  variant = 'plain',
  size = 'medium',
  icon,
  className = '',
  children,
  ref,
  ...rest
}: ButtonProps) {
  return (
    <button ref={ref} type="button" className={`button ${variant} ${size} ${className}`} {...rest}>
      {icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Native {
  readonly label: string;
  readonly icon: ReactNode;
  /** Shown in the tooltip, e.g. "Ctrl+Z". */
  readonly shortcut?: string;
  readonly size?: 'medium' | 'small';
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, icon, shortcut, size = 'medium', className = '', ref, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut ? { shortcut } : {})}>
      <button ref={ref} type="button" aria-label={label} className={`icon-button ${size} ${className}`} {...rest}>
        {icon}
      </button>
    </Tooltip>
  );
}
