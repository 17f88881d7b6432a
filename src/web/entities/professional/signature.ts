import type { Profile } from '../../../shared/contracts/profile.ts';
import { formatCouncil } from '../../../shared/format.ts';

/** Council and specialty as they stand below a name on paper: `CRM 123456/SP · Dermatologia`; empty where neither is known. */
export const describeSignature = ({ council, specialty }: Pick<Profile, 'council' | 'specialty'>): string =>
  [formatCouncil(council), specialty].filter((part) => part !== undefined && part !== null && part !== '').join(' · ');
