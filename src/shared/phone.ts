import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';

/**
 * A phone number in E.164 (`+5511987654321`), or undefined when it is not a number that can exist.
 * Numbers without a country code are read as Brazilian.
 */
export function parsePhone(input: string): string | undefined {
  const parsed = parsePhoneNumberFromString(input, 'BR');
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
