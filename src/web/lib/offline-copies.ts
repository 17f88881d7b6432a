/** A list whose pages can be searched without a connection. */
export interface SearchableList {
  /** Its path below /api/v1/. */
  readonly path: string;
  /** Searches the pages that were seen, each a body of the list, for a text. @returns the body to answer with */
  readonly search: (pages: readonly unknown[], query: string) => unknown;
}

/** What a feature lets be read without a connection. */
export interface OfflineCopies {
  /** Paths below /api/v1/ whose answers are stored, with `{id}` as in the contract. */
  readonly paths: readonly string[];
  readonly list?: SearchableList;
}

let kept: readonly OfflineCopies[] = [];

/** Says once, at the start, what may be stored. Nothing else is: no devices, no passkeys, no imports. */
export function allowOfflineCopies(copies: readonly OfflineCopies[]): void {
  kept = copies;
}

const below = '/api/v1/';
const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The path of an address as the contract writes it: `clients/{id}`. */
const pathOf = ({ pathname }: URL): string =>
  pathname.slice(pathname.indexOf(below) + below.length).replace(id, '{id}');

const isOfApi = ({ pathname }: URL): boolean => pathname.includes(below);

/** Whether answers of this address may be stored. */
export const isCopied = (address: URL): boolean =>
  isOfApi(address) && kept.some(({ paths }) => paths.includes(pathOf(address)));

/** The searchable list at this address, if it is one. */
export const findCopiedList = (address: URL): SearchableList | undefined =>
  isOfApi(address) ? kept.map(({ list }) => list).find((list) => list?.path === pathOf(address)) : undefined;
