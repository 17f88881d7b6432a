import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';
import { areaCodePattern } from './area-code.ts';
import { plainSpelling } from './plain-spelling.ts';

/** Characters of the longest text that is read as one number. */
const longest = 60;

// What stands around a number in links and in lists of contacts.
const link =
  /^(?:(?:tel|callto|sms|whatsapp):(?:\/\/)?|(?:https?:\/\/)?(?:www\.)?(?:wa\.me\/|api\.whatsapp\.com\/send\/?\?phone=))/i;
const account = /@(?:s\.whatsapp\.net|c\.us)$/i;
/** The long-distance prefix as it used to be printed, `(0xx11)`: the caller chose the carrier in place of `xx`. */
const carrierPlaceholder = /^((?:\+?55)? ?[([]?) ?0 ?xx ?(?=\d{2})/i;
/** The prefix of calls abroad, which stands for the plus sign. */
const abroad = /^00 ?(?=[1-9])/;
/** The country code put in front of a number that had it. */
const twice = new RegExp(`^55(?=55${areaCodePattern}\\d{8,9}$)`);

/** The number itself, without what links, habits and software put around it. */
function bareNumber(input: string): string {
  const text = plainSpelling(input)
    .replace(link, '')
    .replace(account, '')
    .replace(abroad, '+')
    .replace(carrierPlaceholder, '$1')
    .replace(/[[\]]/g, ' ')
    .trim();
  const digits = text.replace(/\D/g, '');
  return digits.length > 13 && twice.test(digits) ? `+${digits.replace(twice, '')}` : text;
}

/** A mobile number of the state of São Paulo from before 2012; 70 and 77 to 79 were radio services and got no ninth digit. */
const oldPaulista = /^\+551[1-9]7[1-6]\d{6}$/;

/**
 * A phone number in E.164 (`+5511987654321`). Undefined when such a number cannot exist, or when the text holds
 * anything besides one number, because that would be lost. Numbers without a country code are read as Brazilian.
 */
export function parsePhone(input: string): string | undefined {
  if (input.length > longest) return undefined;
  const parsed = parsePhoneNumberFromString(bareNumber(input), { defaultCountry: 'BR', extract: false });
  if (parsed?.isValid() !== true || parsed.ext !== undefined) return undefined;
  return oldPaulista.test(parsed.number) ? withNinthDigit(parsed.number) : parsed.number;
}

const withNinthDigit = (e164: string): string => `${e164.slice(0, 5)}9${e164.slice(5)}`;

// Country code, trunk zero and carrier may all be left out.
const oldMobile = new RegExp(`^(?:55)?(?:0(?:[1-9]\\d)?)?(${areaCodePattern})([6-9]\\d{7})$`);
/** Between the area code and the number, a slash parts nothing. */
const slash = /^(\D{0,3}0?\d\d\)?) ?\/ ?/;

/**
 * A mobile number from before the ninth digit, which Anatel put in front of all of them from 2012 to 2016, in E.164 with
 * that digit; undefined for everything else. For old lists: in a form, eight digits are a slip.
 */
export function parseOldMobile(input: string): string | undefined {
  if (input.length > longest) return undefined;
  const text = bareNumber(input).replace(slash, '$1 ');
  if (!/^[+\d\s().-]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  if (text.startsWith('+') && !digits.startsWith('55')) return undefined;
  // `98765-432` lacks its last digit, not its first.
  const last = text.split(/\D/).at(-1)?.length ?? 0;
  if (last < 8 && last !== 4 && last !== 2) return undefined;
  const match = oldMobile.exec(digits);
  return match === null ? undefined : `+55${match[1] ?? ''}9${match[2] ?? ''}`;
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
