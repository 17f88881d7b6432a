/** The kind of device that a User-Agent header names; shown to its owner only. */
export function deviceKindOf(userAgent: string | undefined): 'phone' | 'tablet' | 'computer' | 'unknown' {
  if (userAgent === undefined) return 'unknown';
  if (/iPad|Tablet|Android(?!.*Mobile)/.test(userAgent)) return 'tablet';
  if (/iPhone|iPod|Mobile/.test(userAgent)) return 'phone';
  return /Windows|Macintosh|Linux|CrOS|X11/.test(userAgent) ? 'computer' : 'unknown';
}
