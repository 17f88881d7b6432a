/** First and last name of a person, as far as there are any, separated by a space. In SQL: `personName` in server/db. */
export const formatName = (firstName: string | null | undefined, lastName: string | null | undefined): string =>
  [firstName, lastName]
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .join(' ');

/**
 * What a client is called in a message: the first word of the social name, whose field may hold the whole of it, or the first name.
 * In SQL: `callName` in server/db.
 */
export const callNameOf = ({
  firstName,
  socialName,
}: {
  readonly firstName: string;
  readonly socialName?: string | null | undefined;
}): string => {
  const [called = ''] = (socialName ?? '').trim().split(' ');
  return called === '' ? firstName : called;
};
