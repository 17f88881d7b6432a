import { createContext } from 'react';

/** Whether a page stands within the navigation, whose landmark is its own already. */
export const InsideShell = createContext(false);
