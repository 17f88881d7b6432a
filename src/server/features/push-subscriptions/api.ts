// Messages to people's devices, for other features.

export { announceAnswer } from './announcing.ts';
