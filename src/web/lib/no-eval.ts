/**
 * zod calls `new Function` once, to see whether it may compile its schemas. The content security policy forbids that and
 * reports it. This turns it off before any schema is created, without importing zod, which is not in the first load.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
