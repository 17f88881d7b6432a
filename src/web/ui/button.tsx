import './button.css';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react';

interface Look {
  /** `primary` is the one thing the page is for; `quiet` has no edge. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  readonly wide?: boolean;
}

type ButtonProps = Look &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    /** Work is under way: keeps its size and focus, says so, and takes no second press. */
    readonly busy?: boolean;
    readonly ref?: Ref<HTMLButtonElement>;
  };

/** Further classes stand beside the button's own: the router adds one to a link to where the person is. */
const classOf = (further: string | undefined): string => (further === undefined ? 'button' : `button ${further}`);

export function Button({
  variant = 'secondary',
  icon,
  wide,
  busy = false,
  children,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={classOf(className)}
      data-variant={variant}
      data-wide={wide === true ? '' : undefined}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
      {...rest}
    >
      {busy ? <span className="button-spinner" aria-hidden="true" /> : icon}
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ButtonProps, 'children' | 'icon' | 'wide' | 'busy'> & {
  /** What it does, for those who can't see the icon; also its tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
};

/** A round button of an icon alone, as large as a thumb. */
export function IconButton({ label, icon, variant = 'quiet', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className="button"
      data-round=""
      data-variant={variant}
      aria-label={label}
      title={label}
      {...rest}
    >
      {icon}
    </button>
  );
}

/** Underlined words in the colour of the notice that they stand in. */
export const TextButton = (props: Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'className'>) => (
  <button type="button" className="text-button" {...props} />
);

type AnchorProps = Look & AnchorHTMLAttributes<HTMLAnchorElement> & { readonly ref?: Ref<HTMLAnchorElement> };

/** A link that looks like a button, for addresses outside the app (`tel:`, `mailto:`, WhatsApp). */
export function ButtonAnchor({ variant = 'secondary', icon, wide, children, className, ...rest }: AnchorProps) {
  return (
    <a className={classOf(className)} data-variant={variant} data-wide={wide === true ? '' : undefined} {...rest}>
      {icon}
      {children}
    </a>
  );
}

/** A link within the app that looks like a button. */
export const ButtonLink = createLink(ButtonAnchor);
