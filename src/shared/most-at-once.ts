/** How many clients a request can name to change or export them: as many as a page of the list can have. */
export const mostAtOnce = 200;
