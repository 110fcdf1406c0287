import type { ButtonHTMLAttributes } from 'react';
import { Icon, type IconName } from './icons.tsx';

type Native = ButtonHTMLAttributes<HTMLButtonElement>;

/** A button with words, and an icon before them if given. */
export function Button({
  icon,
  kind = '',
  children,
  className = '',
  ...rest
}: Native & { icon?: IconName; kind?: string }) {
  return (
    <button type="button" className={`button ${kind} ${className}`} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A button that is only an icon: `label` is its name and its tooltip. */
export function IconButton({
  icon,
  label,
  keys,
  pressed,
  small,
  className = '',
  ...rest
}: Native & { icon: IconName; label: string; keys?: string; pressed?: boolean; small?: boolean }) {
  return (
    <button
      type="button"
      className={`icon-button ${small ? 'small' : ''} ${className}`}
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      {...rest}
    >
      <Icon name={icon} size={small ? 14 : 16} />
    </button>
  );
}
