import { createContext } from 'react';

/** Whether the page is inside the navigation, which already has the `main` landmark. */
export const InsideShell = createContext(false);
