import { useState } from 'react';

/** How much room a row has; a choice of the device, not of the person. */
export type Density = 'comfortable' | 'compact';

const key = 'acolhe.list-density';

export function useDensity(): readonly [Density, (density: Density) => void] {
  const [density, setDensity] = useState<Density>(() =>
    localStorage.getItem(key) === 'compact' ? 'compact' : 'comfortable',
  );
  return [
    density,
    (chosen) => {
      localStorage.setItem(key, chosen);
      setDensity(chosen);
    },
  ];
}
