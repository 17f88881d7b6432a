import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';
import { areaCodePattern } from './area-code.ts';
import { plainSpelling } from './plain-spelling.ts';

/** Characters of the longest text that is read as one number. */
const maxLength = 60;

// What links and exported contacts put around a number.
const linkPrefix =
  /^(?:(?:tel|callto|sms|whatsapp):(?:\/\/)?|(?:https?:\/\/)?(?:www\.)?(?:wa\.me\/|api\.whatsapp\.com\/send\/?\?phone=))/i;
const whatsappSuffix = /@(?:s\.whatsapp\.net|c\.us)$/i;
/** The long-distance prefix as it used to be printed, `(0xx11)`: the caller dialled a carrier's code in place of `xx`. */
const carrierPlaceholder = /^((?:\+?55)? ?[([]?) ?0 ?xx ?(?=\d{2})/i;
/** `00`, dialled before a foreign number in place of the plus sign. */
const internationalPrefix = /^00 ?(?=[1-9])/;
/** A second country code in front of a number that had one already. */
const repeatedCountryCode = new RegExp(`^55(?=55${areaCodePattern}\\d{8,9}$)`);

/** The number alone, without what links, people and software put around it. */
function extractNumber(input: string): string {
  const text = plainSpelling(input)
    .replace(linkPrefix, '')
    .replace(whatsappSuffix, '')
    .replace(internationalPrefix, '+')
    .replace(carrierPlaceholder, '$1')
    .replace(/[[\]]/g, ' ')
    .trim();
  const digits = text.replace(/\D/g, '');
  return digits.length > 13 && repeatedCountryCode.test(digits) ? `+${digits.replace(repeatedCountryCode, '')}` : text;
}

/**
 * A mobile number of the state of São Paulo from before 2012. Numbers that begin with 70 or 77 to 79 are left out: radio
 * services had them, and they got no ninth digit.
 */
const oldSaoPauloMobile = /^\+551[1-9]7[1-6]\d{6}$/;

/**
 * Reads a phone number as E.164 (`+5511987654321`). Numbers without a country code are Brazilian. Undefined when such a number
 * cannot exist, or when the text holds anything besides one number, because the rest would be lost.
 */
export function parsePhone(input: string): string | undefined {
  if (input.length > maxLength) return undefined;
  const parsed = parsePhoneNumberFromString(extractNumber(input), { defaultCountry: 'BR', extract: false });
  if (parsed?.isValid() !== true || parsed.ext !== undefined) return undefined;
  return oldSaoPauloMobile.test(parsed.number) ? withNinthDigit(parsed.number) : parsed.number;
}

const withNinthDigit = (e164: string): string => `${e164.slice(0, 5)}9${e164.slice(5)}`;

// Country code, trunk zero and carrier may all be left out.
const oldMobile = new RegExp(`^(?:55)?(?:0(?:[1-9]\\d)?)?(${areaCodePattern})([6-9]\\d{7})$`);
/** A slash between the area code and the number does not separate two numbers. */
const slashAfterAreaCode = /^(\D{0,3}0?\d\d\)?) ?\/ ?/;

/**
 * Reads a mobile number from before the ninth digit, which Anatel put in front of all of them from 2012 to 2016, as E.164 with
 * that digit; undefined for everything else. For old lists only: in a form, eight digits are a typing mistake.
 */
export function parseOldMobile(input: string): string | undefined {
  if (input.length > maxLength) return undefined;
  const text = extractNumber(input).replace(slashAfterAreaCode, '$1 ');
  if (!/^[+\d\s().-]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  if (text.startsWith('+') && !digits.startsWith('55')) return undefined;
  // `98765-432` lacks its last digit, not its first.
  const last = text.split(/\D/).at(-1)?.length ?? 0;
  if (last < 8 && last !== 4 && last !== 2) return undefined;
  const match = oldMobile.exec(digits);
  return match === null ? undefined : `+55${match[1] ?? ''}9${match[2] ?? ''}`;
}

/** A number as it is dialled within its area: `98765-4321` or `3222-1111`. */
const localNumber = /^(?:9 ?\d{4}|[2-5]\d{3})[ .-]{0,3}\d{4}$/;

/** The digits of a Brazilian number without area code; undefined for any other text. */
export function readLocalPhone(input: string): string | undefined {
  const text = plainSpelling(input).trim();
  return text.length <= maxLength && localNumber.test(text) ? text.replace(/\D/g, '') : undefined;
}

/** Reads a phone number like parsePhone; one without area code gets this one. */
export function completePhone(input: string, areaCode: string | null): string | undefined {
  const local = readLocalPhone(input);
  return parsePhone(input) ?? (local === undefined ? undefined : parsePhone(`${areaCode ?? ''}${local}`));
}

/** E.164 as people read it: the national format for Brazil, the international one otherwise. Other text stays as it is. */
export function formatPhone(e164: string): string {
  const parsed = parsePhoneNumberFromString(e164);
  if (parsed === undefined) return e164;
  return parsed.country === 'BR' ? parsed.formatNational() : parsed.formatInternational();
}

const phoneBy = (read: (text: string) => string | undefined) =>
  z
    .string()
    .max(40)
    .transform((value, context) => {
      const parsed = read(value);
      if (parsed === undefined) {
        context.issues.push({ code: 'custom', message: 'invalid_phone', input: value });
        return z.NEVER;
      }
      return parsed;
    });

/** Takes a phone in any usual spelling and gives E.164. */
export const phone = phoneBy(parsePhone);

/** Like phone; a number without area code is taken too, and stays the digits that were given (readLocalPhone). */
export const phoneOrLocal = phoneBy((text) => parsePhone(text) ?? readLocalPhone(text));
