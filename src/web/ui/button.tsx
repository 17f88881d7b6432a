import './button.css';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react';

interface Look {
  /** `primary`: the page's main action; `quiet`: without a border. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  readonly wide?: boolean;
}

type ButtonProps = Look &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    /** While the action is running: the button keeps its size and focus, and ignores further presses. */
    readonly busy?: boolean;
    readonly ref?: Ref<HTMLButtonElement>;
  };

/** Adds further classes to the button's own: the router gives one to the link of the current page. */
const joinClasses = (further: string | undefined): string => (further === undefined ? 'button' : `button ${further}`);

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
      className={joinClasses(className)}
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
  /** What it does: read aloud by screen readers, and shown as the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
};

/** A round button with an icon and no text, large enough for a thumb. */
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

/** A button that looks like underlined text, in the colour of the notice around it. */
export const TextButton = (props: Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'className'>) => (
  <button type="button" className="text-button" {...props} />
);

type AnchorProps = Look & AnchorHTMLAttributes<HTMLAnchorElement> & { readonly ref?: Ref<HTMLAnchorElement> };

/** A link that looks like a button, for addresses outside the app (`tel:`, `mailto:`, WhatsApp). */
export function ButtonAnchor({ variant = 'secondary', icon, wide, children, className, ...rest }: AnchorProps) {
  return (
    <a className={joinClasses(className)} data-variant={variant} data-wide={wide === true ? '' : undefined} {...rest}>
      {icon}
      {children}
    </a>
  );
}

type IconAnchorProps = Omit<AnchorProps, 'children' | 'wide' | 'aria-label'> & Pick<IconButtonProps, 'label' | 'icon'>;

/** A link outside the app that looks like an IconButton. */
export const IconAnchor = ({ label, ...rest }: IconAnchorProps) => (
  <ButtonAnchor variant="quiet" data-round="" aria-label={label} title={label} {...rest} />
);

/** A link within the app that looks like a button. */
export const ButtonLink = createLink(ButtonAnchor);
