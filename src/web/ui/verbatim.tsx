import type { ReactNode } from 'react';

/** A name, address or number within a sentence: a browser that translates the page leaves it as it is. */
export const Verbatim = ({ children }: { readonly children: ReactNode }) => <span translate="no">{children}</span>;
