/** Guesses the kind of device from a User-Agent header. Only shown to the person, so a wrong guess does no harm. */
export function guessDeviceKind(userAgent: string | undefined): 'phone' | 'tablet' | 'computer' | 'unknown' {
  if (userAgent === undefined) return 'unknown';
  if (/iPad|Tablet|Android(?!.*Mobile)/.test(userAgent)) return 'tablet';
  if (/iPhone|iPod|Mobile/.test(userAgent)) return 'phone';
  return /Windows|Macintosh|Linux|CrOS|X11/.test(userAgent) ? 'computer' : 'unknown';
}
