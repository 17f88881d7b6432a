/** Headers that only some answers have. */
const ownHeaders = ['retry-after', 'allow', 'www-authenticate', 'etag'];

/** Masks what differs from run to run: ids, moments, and how much is left of a wait. */
const timeless = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g, '<moment>')
    .replace(/\d{4}-\d\d-\d\d/g, '<date>')
    .replace(/(?<=^retry-after: )\d+/gm, '<seconds>')
    .replace(/\d+ (segundo|minuto|hora|second|minute|hour)s?/g, '<wait>');

/** An answer as lines to compare with: status, the headers that only some answers have, and the body. */
export async function describeAnswer(answer: Response): Promise<string> {
  const head = ownHeaders.flatMap((name) =>
    answer.headers.has(name) ? [`${name}: ${answer.headers.get(name) ?? ''}`] : [],
  );
  if (answer.headers.get('connection') === 'close') head.push('connection: close');
  return timeless([String(answer.status), ...head, await answer.text()].join('\n'));
}
