import styles from './list-page.module.css';
import { useLingui } from '@lingui/react/macro';
import { IconLineHeight } from '@tabler/icons-react';
import { Button } from '../../../ui/button.tsx';
import type { Density } from './density.ts';

interface DensityToggleProps {
  readonly density: Density;
  readonly onChange: (density: Density) => void;
}

/** More clients on a screen, or more room for each. */
export function DensityToggle({ density, onChange }: DensityToggleProps) {
  const { t } = useLingui();
  const isCompact = density === 'compact';
  const label = t`Linhas mais juntas`;
  return (
    <Button
      variant="quiet"
      className={styles['density']}
      data-round=""
      aria-label={label}
      title={label}
      aria-pressed={isCompact}
      icon={<IconLineHeight size="1.25rem" aria-hidden="true" />}
      onClick={() => {
        onChange(isCompact ? 'comfortable' : 'compact');
      }}
    />
  );
}
