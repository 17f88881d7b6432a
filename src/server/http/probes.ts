/** Routes that platforms ask all day long: never redirected, refused under load or traced. */
export const probes: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);
