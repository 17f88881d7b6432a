// Clients, for other features and the command line.

export { anonymizePerson, isAnonymous, lockPerson, type PersonRecords, readPerson } from './anonymizing.ts';
export { type ExportFormat, exportClinic } from './export.ts';
export { changesBetween, type FieldChange, valuesAfter, wholeChange } from './fields.ts';
export { type HeldClient, holdClient, holdClients, isClient } from './holding.ts';
export { assertMayMove, maySee, readingScope, seesClinicalData, writingScope } from './policy.ts';
export { presentClient, presentClientSummary, presentMerge } from './presenter.ts';
export { type DataParts, openClientData, writeDataJson } from './privacy.ts';
export { type ClientRow, explainRefusal, lockClients, refuseOverfull, writeChange } from './records.ts';
export { seedClients, type SeededClient } from './seed.ts';
export { replaceTag } from './tags.ts';
export { refuseTaken, runAgainAfterRace } from './uniqueness.ts';
