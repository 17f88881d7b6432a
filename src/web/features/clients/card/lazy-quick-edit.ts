import { lazy } from 'react';

/** The quick edit, loaded with its first use, because it brings the rules of the whole form. */
export const QuickEdit = lazy(async () => ({ default: (await import('../form/quick-edit.tsx')).QuickEdit }));
