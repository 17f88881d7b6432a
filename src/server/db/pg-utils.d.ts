/** What pg does with the values of its own queries; its types leave this file out. */
declare module 'pg/lib/utils.js' {
  const utils: {
    /** A value as it goes to the server. Throws for one that cannot be written, such as a circular object. */
    readonly prepareValue: (value: unknown) => unknown;
  };
  export default utils;
}
