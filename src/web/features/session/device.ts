const key = 'acolhe.device';

/** randomUUID is missing where the page is not in a secure context, such as plain http in a local network. */
function randomId(): string {
  const { randomUUID } = crypto as Partial<Crypto>;
  if (randomUUID !== undefined) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** This browser's own id, made once and kept: signing in again takes its own place among the devices. */
export function deviceId(): string {
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

/** In this order, since most browsers also carry the names of others. */
const browsers = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|OPX\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;

/** A name a person recognises: “iPhone · Safari”. Undefined when the browser tells nothing. */
export function deviceName(agent = navigator.userAgent, touchPoints = navigator.maxTouchPoints): string | undefined {
  // An iPad says it is a Mac; only the touch screen gives it away.
  const isDisguisedPad = agent.includes('Mac OS X') && !/iPhone|iPad/.test(agent) && touchPoints > 1;
  const parts = [isDisguisedPad ? 'iPad' : firstMatch(agent, systems), firstMatch(agent, browsers)];
  const name = parts.filter((part) => part !== undefined).join(' · ');
  return name === '' ? undefined : name;
}

/** This device as a sign-in introduces it. */
export function thisDevice(): { readonly id: string; readonly name?: string } {
  const name = deviceName();
  return { id: deviceId(), ...(name !== undefined && { name }) };
}
