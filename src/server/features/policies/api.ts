// What a clinic says publicly about personal data, for other features.

export { composePolicyPath, isSmallAgent } from './settings.ts';
