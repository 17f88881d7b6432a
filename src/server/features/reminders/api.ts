// Messages to clients, for other features.

export { composeGreeting, formatMoment } from './messages.ts';
