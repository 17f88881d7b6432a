import { randomId } from '../../lib/random-id.ts';

const key = 'acolhe.device';

/** This browser's id, made once and stored. By it the server sees that a device signs in again. */
export function getDeviceId(): string {
  const known = localStorage.getItem(key);
  if (known !== null) return known;
  const made = randomId();
  localStorage.setItem(key, made);
  return made;
}

const firstMatch = (agent: string, names: readonly (readonly [RegExp, string])[]): string | undefined =>
  names.find(([pattern]) => pattern.test(agent))?.[1];

const systems = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X/, 'Mac'],
  [/Windows/, 'Windows'],
  [/Linux/, 'Linux'],
] as const;

/** The order matters, because most browsers name others as well. */
const browsers = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|OPX\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;

/** A name for this device, such as “iPhone · Safari”; undefined if the browser tells neither system nor browser. */
export function nameDevice(agent = navigator.userAgent, touchPoints = navigator.maxTouchPoints): string | undefined {
  // An iPad calls itself a Mac; only the touch screen shows that it is none.
  const isDisguisedPad = agent.includes('Mac OS X') && !/iPhone|iPad/.test(agent) && touchPoints > 1;
  const parts = [isDisguisedPad ? 'iPad' : firstMatch(agent, systems), firstMatch(agent, browsers)];
  const name = parts.filter((part) => part !== undefined).join(' · ');
  return name === '' ? undefined : name;
}

/** This device, as sent when signing in. */
export function describeThisDevice(): { readonly id: string; readonly name?: string } {
  const name = nameDevice();
  return { id: getDeviceId(), ...(name !== undefined && { name }) };
}
