/**
 * zod tries `new Function` once, to see whether it may compile its schemas: the content security policy forbids and
 * reports it. Told before any schema is made, and without zod itself, which is no part of the first load.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
