import { limits } from '../records/limits.ts';
import { FileProblem } from '../records/records.ts';

type Kind = 'unfoldedBytes' | 'elements' | 'cellText' | 'sharedTexts';

const most: Readonly<Record<Kind, number>> = {
  unfoldedBytes: limits.unfoldedBytes,
  elements: limits.elements,
  cellText: limits.unfoldedBytes,
  sharedTexts: limits.sharedTexts,
};

/** Limits for a whole workbook, shared by its parts. */
export class ArchiveBudget {
  readonly #left: Record<Kind, number> = { ...most };

  /** Throws FileProblem when nothing is left. */
  spend(kind: Kind, amount = 1): void {
    this.#left[kind] -= amount;
    if (this.#left[kind] < 0) throw new FileProblem('workbook_too_large');
  }
}
