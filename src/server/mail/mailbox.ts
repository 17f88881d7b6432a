import type { MailMessage } from './message.ts';

export interface KeptMail extends MailMessage {
  /** Counts up from 1 since the process started. */
  readonly id: number;
  readonly from: string;
  readonly sentAt: Date;
}

/** The development mailbox: the latest mails, in memory only. */
export interface Mailbox {
  /** Keeps a mail; drops the oldest one when there are too many. */
  add(message: MailMessage, from: string): KeptMail;
  /** Newest first. */
  list(): readonly KeptMail[];
}

export function createMailbox(capacity = 50): Mailbox {
  const kept: KeptMail[] = [];
  let count = 0;
  return {
    add(message, from) {
      count += 1;
      const mail = { ...message, id: count, from, sentAt: new Date() };
      kept.unshift(mail);
      kept.length = Math.min(kept.length, capacity);
      return mail;
    },
    list: () => [...kept],
  };
}
