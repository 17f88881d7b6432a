const key = 'acolhe.device';

/** randomUUID is missing where the page is not in a secure context, such as plain http in a local network. */
function randomId(): string {
  const { randomUUID } = crypto as Partial<Crypto>;
  if (randomUUID !== undefined) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** This browser's own id, made once and stored: signing in again replaces its own entry among the devices. */
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

/** The order matters: most browsers also name others. */
const browsers = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|OPX\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;

/** A recognisable name such as “iPhone · Safari”. Undefined if the browser tells nothing. */
export function deviceName(agent = navigator.userAgent, touchPoints = navigator.maxTouchPoints): string | undefined {
  // An iPad claims to be a Mac; only the touch screen tells.
  const isDisguisedPad = agent.includes('Mac OS X') && !/iPhone|iPad/.test(agent) && touchPoints > 1;
  const parts = [isDisguisedPad ? 'iPad' : firstMatch(agent, systems), firstMatch(agent, browsers)];
  const name = parts.filter((part) => part !== undefined).join(' · ');
  return name === '' ? undefined : name;
}

/** This device, as sent when signing in. */
export function thisDevice(): { readonly id: string; readonly name?: string } {
  const name = deviceName();
  return { id: deviceId(), ...(name !== undefined && { name }) };
}
