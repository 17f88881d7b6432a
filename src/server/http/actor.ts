import type { Role } from '../../shared/contracts/auth.ts';

/** Who sent a request, for the audit trail. */
export interface Caller {
  readonly requestId: string;
  /** The client's IP address, according to the trusted proxies. */
  readonly address: string;
}

/** Who is asking: a signed-in person on one device. */
export interface Actor extends Caller {
  readonly sessionId: string;
  readonly professionalId: string;
  readonly clinicId: string;
  readonly role: Role;
  /** When the access token expires. */
  readonly accessUntil: Date;
}
