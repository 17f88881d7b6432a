import type { ArchiveBudget } from './archive-budget.ts';
import { FileProblem } from '../records/records.ts';
import { createXmlParser, type XmlHandlers } from './workbook-xml.ts';
import type { Archive } from './zip.ts';

/** A reference from one part of a workbook to another. */
interface Relation {
  readonly id: string;
  /** The last part of its type's URI: `worksheet`, `styles`. */
  readonly type: string;
  readonly target: string;
}

/** Reads the XML of a workbook's parts, within a budget. */
export class WorkbookParts {
  readonly budget: ArchiveBudget;
  readonly #archive: Archive;

  constructor(archive: Archive, budget: ArchiveBudget) {
    this.#archive = archive;
    this.budget = budget;
  }

  has(name: string): boolean {
    return this.#archive.has(name);
  }

  async read(name: string, on: XmlHandlers): Promise<void> {
    const parser = createXmlParser(on, this.budget);
    for await (const piece of this.text(name)) parser.write(piece);
  }

  async *text(name: string): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      for await (const part of await this.#archive.open(name)) {
        const bytes = part as Buffer;
        this.budget.spend('unfoldedBytes', bytes.length);
        yield decoder.decode(bytes, { stream: true });
      }
      yield decoder.decode();
    } catch (error) {
      throw error instanceof FileProblem ? error : new FileProblem('broken_workbook');
    }
  }

  /** The references of a part, without those to places outside the file. */
  async relationsOf(part: string): Promise<Relation[]> {
    const slash = part.lastIndexOf('/') + 1;
    const name = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
    const relations: Relation[] = [];
    if (!this.has(name)) return relations;
    await this.read(name, {
      open: (element, { Id = '', Type = '', Target = '', TargetMode = '' }) => {
        if (element !== 'Relationship' || /^external$/i.test(TargetMode)) return;
        const target = resolve(part, Target);
        if (target !== undefined) relations.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target });
      },
    });
    return relations;
  }
}

/** Resolves a reference to the name of a part; undefined for an invalid one. */
function resolve(part: string, target: string): string | undefined {
  try {
    return decodeURIComponent(new URL(target.replaceAll('\\', '/'), `file:///${part}`).pathname.slice(1));
  } catch {
    return undefined;
  }
}
