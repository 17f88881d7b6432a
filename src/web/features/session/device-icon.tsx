import parts from './device-parts.module.css';
import { IconDeviceDesktop, IconDeviceMobile, IconDeviceTablet, IconDeviceUnknown } from '@tabler/icons-react';
import type { DeviceSession } from '../../../shared/contracts/auth.ts';

const icons = {
  phone: IconDeviceMobile,
  tablet: IconDeviceTablet,
  computer: IconDeviceDesktop,
  unknown: IconDeviceUnknown,
} as const satisfies Record<DeviceSession['deviceKind'], unknown>;

export function DeviceIcon({ kind }: { readonly kind: DeviceSession['deviceKind'] }) {
  const Icon = icons[kind];
  return (
    <span className={parts['device-icon']} aria-hidden="true">
      <Icon />
    </span>
  );
}
