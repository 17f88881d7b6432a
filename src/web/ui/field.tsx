import './field.css';
import { Trans } from '@lingui/react/macro';
import { IconAlertCircle, IconChevronDown } from '@tabler/icons-react';
import { useId } from 'react';
import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';

interface FieldProps {
  readonly label: string;
  /** Marks the field as optional. Required fields have no mark. */
  readonly optional?: boolean | undefined;
  readonly hint?: ReactNode;
  /** What is wrong; shown in place of the hint. */
  readonly error?: ReactNode;
}

/** The attributes that connect a control with its label, hint and error. */
interface ControlLinks {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

/** The frame of any control: the label above it, an error or hint below. `children` gets the links for the control. */
export function Field({
  label,
  optional,
  hint,
  error,
  children,
}: FieldProps & { readonly children: (links: ControlLinks) => ReactNode }) {
  const id = useId();
  const note = `${id}-note`;
  const hasError = error !== undefined && error !== null && error !== '' && error !== false;
  const hasNote = hasError || hint !== undefined;
  return (
    <div className="field">
      {/* Outside the label, so that “opcional” is not a part of the control's name. */}
      <div className="field-label">
        <label htmlFor={id}>{label}</label>
        {optional === true && (
          <span className="field-optional" aria-hidden="true">
            <Trans>opcional</Trans>
          </span>
        )}
      </div>
      {children({ id, 'aria-describedby': hasNote ? note : undefined, 'aria-invalid': hasError || undefined })}
      {hasError ? (
        <FieldError id={note}>{error}</FieldError>
      ) : (
        hint !== undefined && (
          <p className="field-hint" id={note}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}

/** What is wrong with a field, or with a choice that is no field. */
export function FieldError({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p className="field-error" id={id} role="alert">
      <IconAlertCircle size="1em" aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}

type TextFieldProps = FieldProps & InputHTMLAttributes<HTMLInputElement> & { readonly ref?: Ref<HTMLInputElement> };

export function TextField({ label, optional, hint, error, ...input }: TextFieldProps) {
  return (
    <Field label={label} optional={optional} hint={hint} error={error}>
      {(links) => <input className="field-input" {...links} {...input} />}
    </Field>
  );
}

type TextAreaFieldProps = FieldProps &
  TextareaHTMLAttributes<HTMLTextAreaElement> & { readonly ref?: Ref<HTMLTextAreaElement> };

export function TextAreaField({ label, optional, hint, error, ...input }: TextAreaFieldProps) {
  return (
    <Field label={label} optional={optional} hint={hint} error={error}>
      {(links) => <textarea className="field-input" {...links} {...input} />}
    </Field>
  );
}

type SelectProps = SelectHTMLAttributes<HTMLSelectElement> & { readonly ref?: Ref<HTMLSelectElement> };

/** The browser's own select, which is easiest to use on a phone. Alone where its label is not shown. */
export function Select({ children, ...select }: SelectProps) {
  return (
    <span className="field-select">
      <select className="field-input" {...select}>
        {children}
      </select>
      <IconChevronDown size="1.125rem" aria-hidden="true" />
    </span>
  );
}

type SelectFieldProps = FieldProps & SelectProps;

export function SelectField({ label, optional, hint, error, children, ...input }: SelectFieldProps) {
  return (
    <Field label={label} optional={optional} hint={hint} error={error}>
      {(links) => (
        <Select {...links} {...input}>
          {children}
        </Select>
      )}
    </Field>
  );
}
