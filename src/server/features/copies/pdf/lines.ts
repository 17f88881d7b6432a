import { formatDocument, formatPostalCode } from '../../../../shared/format.ts';
import { formatPhone } from '../../../../shared/phone.ts';
import { isHidden, isHiddenChange, labelOf, labelWithin, wordFor } from './words.ts';

/** A line to read: a label with its value, deeper inside what it belongs to. */
export interface Line {
  readonly label: string;
  /** Undefined for the head of the lines below it. */
  readonly value: string | undefined;
  readonly depth: number;
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.values(value).every(isEmpty));

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const localTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/;
const isPhone = /phone$/i;
const plainDate = /^(\d{4})-(\d\d)-(\d\d)$/;

type Labels = Readonly<Record<string, string>>;

/** Writes values as people in Brazil read them, times in the clinic's time zone (IANA). */
export class Reader {
  readonly #moment: Intl.DateTimeFormat;
  readonly #labels: Labels;

  /** `labels`: what keys are called in this part of the copy, where that is not what they are called elsewhere. */
  constructor(timeZone: string, labels: Labels = {}) {
    this.#labels = labels;
    this.#moment = new Intl.DateTimeFormat('pt-BR', { dateStyle: 'short', timeStyle: 'short', timeZone });
  }

  text(key: string, value: string | number | boolean): string {
    if (typeof value === 'boolean') return value ? 'sim' : 'não';
    if (typeof value === 'number') return String(value);
    if (instant.test(value)) return this.#moment.format(new Date(value));
    if (plainDate.test(value)) return value.replace(plainDate, '$3/$2/$1');
    if (isPhone.test(key)) return formatPhone(value);
    if (key === 'document') return formatDocument(value);
    if (key === 'postalCode') return formatPostalCode(value);
    const local = localTime.exec(value);
    return local === null ? wordFor(key, value) : `${local.slice(1, 4).reverse().join('/')} ${local[4] ?? ''}`;
  }

  /** The lines of a record; what is empty and what says nothing to people is left out. */
  *lines(record: object, depth = 0, group?: string): Generator<Line> {
    for (const [key, value] of Object.entries(record) as [string, unknown][]) {
      if (isHidden(key) || isEmpty(value)) continue;
      const label = group === undefined ? this.#labelOf(key) : labelWithin(group, key);
      if (typeof value !== 'object' || value === null) {
        yield { label, value: this.text(key, value as string | number | boolean), depth };
      } else if (Array.isArray(value)) {
        yield* this.#list(key, label, value, depth);
      } else if ('id' in value && 'name' in value) {
        // A person is told by the name.
        yield { label, value: String(value.name), depth };
      } else {
        yield { label, value: undefined, depth };
        yield* this.lines(value, depth + 1, key);
      }
    }
  }

  *#list(key: string, label: string, items: readonly unknown[], depth: number): Generator<Line> {
    const isPlain = items.every((item) => typeof item !== 'object' || item === null);
    if (isPlain) {
      yield { label, value: items.map((item) => this.text(key, item as string)).join(', '), depth };
      return;
    }
    const lines = items.flatMap((item) => [...this.#item(item as object, depth + 1)]);
    if (lines.length > 0) yield { label, value: undefined, depth };
    yield* lines;
  }

  #labelOf(key: string): string {
    return this.#labels[key] ?? labelOf(key);
  }

  /** One of several: a change as `field: before → after`, or as the new value where there was none; others as their lines. */
  *#item(item: object, depth: number): Generator<Line> {
    if ('field' in item && 'to' in item) {
      const { field, from, to } = item as { field: string; from?: unknown; to: unknown };
      if (isHiddenChange(field)) return;
      const label = this.#labelOf(field);
      const before = isEmpty(from) ? '' : `${this.#short(field, from)} → `;
      yield { label, value: `${before}${this.#short(field, to)}`, depth };
      return;
    }
    yield* this.lines(item, depth);
  }

  #short(key: string, value: unknown): string {
    if (isEmpty(value)) return '—';
    if (typeof value === 'object') return JSON.stringify(value);
    return this.text(key.split('.').at(-1) ?? key, value as string);
  }

  /** What an item of a list is called. */
  heading(item: object, number: number): string {
    const { localStart, at, createdAt } = item as Record<string, string | undefined>;
    const when = localStart ?? at ?? createdAt;
    return when === undefined ? String(number) : this.text('at', when);
  }
}
