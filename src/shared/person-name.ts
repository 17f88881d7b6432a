/** First and last name of a person, as far as there are any, separated by a space. In SQL: `personName` in server/db. */
export const formatName = (firstName: string | null | undefined, lastName: string | null | undefined): string =>
  [firstName, lastName]
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .join(' ');
