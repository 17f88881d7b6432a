/** Routes that hosting platforms call all the time. They are never redirected, shed under load or traced. */
export const probes: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);
