import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';

/** The long-distance prefix as it used to be printed, `(0xx11)`: the caller chose the carrier in place of `xx`. */
const carrierPlaceholder = /^\s*(\(?)0\s?xx\s?(?=\d{2})/i;

/**
 * A phone number in E.164 (`+5511987654321`). Undefined when such a number cannot exist, or when the text holds
 * anything besides one number, because that would be lost. Numbers without a country code are read as Brazilian.
 */
export function parsePhone(input: string): string | undefined {
  const text = input.replace(carrierPlaceholder, '$1');
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: 'BR', extract: false });
  return parsed?.isValid() === true && parsed.ext === undefined ? parsed.number : undefined;
}

/** E.164 as people read it: national for Brazil, international otherwise. */
export function formatPhone(e164: string): string {
  const parsed = parsePhoneNumberFromString(e164);
  if (parsed === undefined) return e164;
  return parsed.country === 'BR' ? parsed.formatNational() : parsed.formatInternational();
}

/** Takes a phone in any usual spelling and gives E.164. */
export const phone = z
  .string()
  .max(40)
  .transform((value, context) => {
    const parsed = parsePhone(value);
    if (parsed === undefined) {
      context.issues.push({ code: 'custom', message: 'invalid_phone', input: value });
      return z.NEVER;
    }
    return parsed;
  });
