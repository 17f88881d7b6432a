import type { ReactNode } from 'react';

/** A name, address or number within a sentence, which a browser must not translate. */
export const Verbatim = ({ children }: { readonly children: ReactNode }) => <span translate="no">{children}</span>;
