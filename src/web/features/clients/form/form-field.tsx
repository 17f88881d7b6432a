import { Trans, useLingui } from '@lingui/react/macro';
import { type ChangeEvent, type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { definitionOf } from '../../../../shared/client-fields.ts';
import { states } from '../../../../shared/states.ts';
import { useFieldLabels } from '../../../entities/client/field-labels.ts';
import { TextButton } from '../../../ui/button.tsx';
import { SelectField, TextAreaField, TextField as TextInput } from '../../../ui/field.tsx';
import { useIsPhone } from '../../../ui/screen.ts';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import { behaviourOf } from './field-behaviours.ts';
import { applyMask } from './field-masks.ts';
import type { FormText } from './form-fields.ts';

interface FormFieldProps {
  readonly field: FormText;
  readonly value: string;
  readonly error?: ReactNode;
  readonly hint?: ReactNode;
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
  readonly onLeave?: () => void;
}

/** The input for a client's field, for the form and for a quick edit. */
export function FormField({ field, value, error, hint, autoFocus = false, onChange, onLeave }: FormFieldProps) {
  const { t } = useLingui();
  const { labelOf } = useFieldLabels();
  const { kind } = definitionOf(field);
  const common = {
    label: labelOf(field),
    optional: kind !== 'name',
    hint,
    error,
    name: field,
    value,
    onBlur: onLeave,
    'data-autofocus': autoFocus ? '' : undefined,
  };
  if (kind === 'state')
    return (
      <SelectField
        {...common}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        <option value="">{t`Escolha`}</option>
        {states.map((state) => (
          <option key={state}>{state}</option>
        ))}
      </SelectField>
    );
  if (kind === 'text')
    return (
      <TextAreaField
        {...common}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    );
  return <TypedField field={field} common={common} onChange={onChange} />;
}

interface TypedFieldProps {
  readonly field: FormText;
  readonly common: { readonly label: string; readonly value: string; readonly hint: ReactNode };
  readonly onChange: (value: string) => void;
}

function TypedField({ field, common, onChange }: TypedFieldProps) {
  const element = useRef<HTMLInputElement>(null);
  const caret = useRef<number>(undefined);
  const { mask, type, inputMode, capitals, placeholder, suggestions } = behaviourOf(field);
  const letters = useLetterKeys(field, common.value, element);

  useLayoutEffect(() => {
    if (caret.current !== undefined) element.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });
  const take = ({ target, nativeEvent }: ChangeEvent<HTMLInputElement>): void => {
    if (mask === undefined || ('isComposing' in nativeEvent && nativeEvent.isComposing === true)) {
      onChange(target.value);
      return;
    }
    const typed = applyMask(mask, { text: target.value, caret: target.selectionStart ?? target.value.length });
    caret.current = typed.caret;
    onChange(typed.text);
  };
  const input = {
    ...common,
    ref: element,
    type: type ?? 'text',
    inputMode: letters.areShown ? 'text' : inputMode,
    hint: common.hint ?? letters.offer,
    onFocus: letters.onFocus,
    autoCapitalize: capitals ?? 'sentences',
    // The browser would suggest the name and address of the person who types, not the client's.
    autoComplete: 'off',
    spellCheck: false,
    placeholder,
    onChange: take,
  } as const;
  if (suggestions === undefined) return <TextInput {...input} />;
  return <SuggestField {...input} suggestions={suggestions} onChoose={onChange} />;
}

/** Digits of a CPF, which has no letters. */
const cpfLength = 11;

/**
 * A phone's number keys have no letters, which a CNPJ may have: the keyboard with letters is offered once the field is used, and
 * comes by itself for a text that has some.
 */
function useLetterKeys(field: FormText, value: string, element: RefObject<HTMLInputElement | null>) {
  const isPhone = useIsPhone();
  const [isUsed, setUsed] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const isDocument = definitionOf(field).kind === 'document';
  const areShown = isDocument && (isAsked || /\p{L}/u.test(value));
  const isOffered = isPhone && isDocument && isUsed && !areShown && value.replace(/\D/g, '').length < cpfLength;
  return {
    areShown,
    onFocus: isDocument
      ? () => {
          setUsed(true);
        }
      : undefined,
    offer: isOffered ? (
      <TextButton
        onClick={() => {
          flushSync(() => {
            setAsked(true);
          });
          element.current?.focus();
        }}
      >
        <Trans>Escrever letras, de um CNPJ</Trans>
      </TextButton>
    ) : undefined,
  };
}
