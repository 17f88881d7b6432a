/** How an infinite query walks a list of the API: from the cursor that each page ends with, until a page has none. */
export const byCursor = {
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }: { readonly nextCursor: string | null }): string | null => nextCursor,
};

/** The part of a request's query that says where a page begins; the first one has none. */
export const pageFrom = (cursor: string | null): { readonly cursor?: string } => (cursor === null ? {} : { cursor });
