import type { Reading } from './values.ts';

const placeholder = /^(?:django-insecure-|insecure)|change[-_ ]?me|change[-_ ]?this|your[-_ ]?secret|example[-_ ]?key/i;
/** Words that say what the key is for, perhaps with a number: `my secret key 1`. */
const phrase = /^(?=.*(?:secret|key|pass|senha|chave|segredo))[a-z_ .-]+\d{0,4}$/i;

/** Whether a key counts up or repeats itself: then there are few different steps from one character to the next. */
function isPattern(key: string): boolean {
  const steps = Array.from(key.slice(1), (_, index) => key.charCodeAt(index + 1) - key.charCodeAt(index));
  return new Set(steps).size < 8 || `${key}${key}`.indexOf(key, 1) <= key.length / 2;
}

/** Whether somebody could guess a key, although it is long enough. */
export const isPredictable = (key: string): boolean => phrase.test(key) || isPattern(key);

/** What a production key has to be instead; undefined when this one is good. */
function findWeakness(key: string): string | undefined {
  if (placeholder.test(key)) return 'a key of your own, not an example';
  if (key.trim().length < 32 || new Set(key).size < 8) return 'at least 32 random characters';
  return undefined;
}

const make = '(`openssl rand -hex 32` makes one)';

/** Adds to `problems` what makes a production server unsafe from the first request on; such a server does not start. */
export function checkProductionSafety({ values, isSet, show, problems }: Reading): void {
  const refuse = (variable: string, got: string | undefined, takes: string) => problems.push({ variable, got, takes });
  const key = values.SECRET_KEY;
  const weakness = key === undefined ? 'at least 32 random characters' : findWeakness(key);
  if (weakness !== undefined) refuse('SECRET_KEY', show('SECRET_KEY'), `${weakness} with DEBUG off ${make}`);
  for (const [index, fallback] of values.SECRET_KEY_FALLBACKS.entries()) {
    const reason = findWeakness(fallback);
    if (reason !== undefined)
      refuse('SECRET_KEY_FALLBACKS', `a weak key in place ${index + 1}`, `keys of ${reason} with DEBUG off`);
  }
  if (values.ALLOW_OTP_FALLBACK)
    refuse('ALLOW_OTP_FALLBACK', show('ALLOW_OTP_FALLBACK'), 'False with DEBUG off: a fixed code opens every account');
  if (values.EMAIL_BACKEND === 'mailbox')
    refuse('EMAIL_BACKEND', show('EMAIL_BACKEND'), 'smtp with DEBUG off: sign-in codes have to arrive');
  if (!isSet('EMAIL_HOST'))
    refuse('EMAIL_HOST', undefined, 'the SMTP server with DEBUG off: sign-in codes have to arrive');
  if (!isSet('ALLOWED_HOSTS')) refuse('ALLOWED_HOSTS', undefined, 'the host names of this server with DEBUG off');
  if (values.ALLOWED_HOSTS.includes('*'))
    refuse('ALLOWED_HOSTS', show('ALLOWED_HOSTS'), 'the host names of this server with DEBUG off, never *');
}

/** Adds to `problems` what is unsafe or contradictory in development and production. */
export function checkAlways({ values, isSet, show, problems }: Reading): void {
  for (const name of ['CORS_ALLOWED_ORIGINS', 'CSRF_TRUSTED_ORIGINS'] as const)
    if (values[name].includes('*'))
      problems.push({
        variable: name,
        got: show(name),
        takes: 'exact origins such as https://app.example.com, never *',
      });
  if (values.ALLOW_OTP_FALLBACK && !isSet('OTP_FALLBACK_CODE'))
    problems.push({
      variable: 'OTP_FALLBACK_CODE',
      got: undefined,
      takes: 'six digits when ALLOW_OTP_FALLBACK is on',
    });
}
