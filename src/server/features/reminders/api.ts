// Messages to clients, for other features and for appointments that change.

export { endMessagesOf } from './another-client.ts';
export { composeGreeting, formatMoment } from './messages.ts';
