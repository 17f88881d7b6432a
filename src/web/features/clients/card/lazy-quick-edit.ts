import { lazy } from 'react';

/** The quick edit, whose rules of the whole form are loaded with the first use. */
export const QuickEdit = lazy(async () => ({ default: (await import('../form/quick-edit.tsx')).QuickEdit }));
