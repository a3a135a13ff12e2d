import type { CatalogueEntry } from "../diagnostics/catalogue";
import { DiagnosticCollector, type DiagnosticDetails } from "../diagnostics/diagnostic";
import type { ComposePath } from "../diagnostics/position";
import type { ValidatedShapes } from "../validate/shape";
import { PROJECT_CATALOGUE, type ProjectCode } from "./catalogue";
import type { SourceRow } from "./sources";

/** About bytes. What comes of a project is one text of at most 1 MB: this is more than any part of it needs on the way. */
const MOST_GROWTH = 5_000_000;

/**
 * Gathers the diagnostics of all files of a project, and counts what is made of them. Parts of a project are validated
 * more than once, on their own and merged: one diagnostic of one place is reported once.
 */
export class ProjectDiagnostics extends DiagnosticCollector<ProjectCode> {
  /** What of the project was validated by its shape. */
  readonly validatedShapes: ValidatedShapes = new Map();
  private readonly reported = new Set<string>();
  private grown = 0;

  /** @param added what is said about the codes of rules that the caller adds. */
  constructor(
    readonly sources: SourceRow,
    added: Readonly<Record<string, CatalogueEntry>> = {},
  ) {
    super(sources, undefined, { ...PROJECT_CATALOGUE, ...added });
  }

  override add(code: ProjectCode, message: string, details: DiagnosticDetails = {}): void {
    const { span } = details;
    const key = `${code}@${span?.start}`;
    if (span !== undefined && this.reported.has(key)) return;
    this.reported.add(key);
    super.add(code, message, details);
  }

  /** The same collector; of what is added to it, only what is meant is passed on. */
  where(isMeant: (code: ProjectCode, path: ComposePath) => boolean): DiagnosticCollector<ProjectCode> {
    const filtered = Object.create(this) as DiagnosticCollector<ProjectCode>;
    filtered.add = (code, message, details = {}) => {
      if (isMeant(code, details.path ?? [])) this.add(code, message, details);
    };
    return filtered;
  }

  /** Whether the project is over what it may grow to: what is left of it is not worth validating. */
  get outgrown(): boolean {
    return this.grown > MOST_GROWTH;
  }

  /**
   * Counts what variables, env files, `extends` and `include` add to the texts, in about bytes. `false` once all of it
   * together is over its bound (5 MB), which is reported where that happens: files that are small may well double and
   * double.
   */
  grow(weight: number, details: DiagnosticDetails): boolean {
    const before = this.outgrown;
    this.grown += weight;
    if (!this.outgrown) return true;
    if (!before) this.add("LYC2502", "the project grows beyond 5 MB when it is put together", details);
    return false;
  }
}
