/** The header with which a change is refused (412) once the record is no longer of this version: its ETag is `"<version>"`. */
export const ifMatch = (version: number): { readonly 'if-match': string } => ({ 'if-match': `"${String(version)}"` });
