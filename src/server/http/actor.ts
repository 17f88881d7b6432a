import type { Standing } from '../../shared/permissions.ts';

/** Who sent a request, for the audit trail. */
export interface Caller {
  readonly requestId: string;
  /** The client's IP address, according to the trusted proxies. */
  readonly address: string;
}

/** Who is asking: a signed-in person on one device, with what they may do. */
export interface Actor extends Caller, Standing {
  readonly sessionId: string;
  readonly professionalId: string;
  readonly clinicId: string;
  /** When the access token expires. */
  readonly accessUntil: Date;
}
