import { useSyncExternalStore } from 'react';
import type { Settings } from '../../shared/contracts/auth.ts';

/** The preferences. A copy is stored on this device, so that the first paint and the sign-in page use them too. */
export type Appearance = Settings;

const key = 'acolhe.appearance';
const changed = 'acolhe:appearance';
const initial: Appearance = {
  theme: 'system',
  accent: 'teal',
  textSize: 'medium',
  language: 'pt-BR',
  singleKeyShortcuts: true,
};

let cached: { readonly raw: string | null; readonly value: Appearance } | undefined;

export function readAppearance(): Appearance {
  const raw = localStorage.getItem(key);
  if (cached?.raw === raw) return cached.value;
  let value = initial;
  try {
    value = { ...initial, ...(JSON.parse(raw ?? '{}') as Partial<Appearance>) };
  } catch {
    // A damaged entry is ignored.
  }
  cached = { raw, value };
  return value;
}

/** Changes preferences on this device, at once (public/appearance.js listens) and for the next load. */
export function changeAppearance(change: Partial<Appearance>): void {
  localStorage.setItem(key, JSON.stringify({ ...readAppearance(), ...change }));
  dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const controller = new AbortController();
  addEventListener(changed, listener, { signal: controller.signal });
  system.addEventListener('change', listener, { signal: controller.signal });
  return () => {
    controller.abort();
  };
}

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, readAppearance);
