import type { CatalogueEntry } from "../diagnostics/catalogue";
import { DiagnosticCollector, type DiagnosticDetails } from "../diagnostics/diagnostic";
import type { ComposePath } from "../diagnostics/position";
import type { ValidatedShapes } from "../validate/shape";
import { PROJECT_CATALOGUE, type ProjectCode } from "./catalogue";
import type { SourceRow } from "./sources";

/** About bytes. A project becomes one text of at most 1 MB; this is more than any part of it needs on the way. */
const MOST_GROWTH = 5_000_000;

/**
 * Collects the diagnostics of all files of a project, and counts what is made of them. Parts of a project are validated
 * more than once, by themselves and merged. The same diagnostic at the same position is reported once.
 */
export class ProjectDiagnostics extends DiagnosticCollector<ProjectCode> {
  /** The parts of the project whose shape was validated. */
  readonly validatedShapes: ValidatedShapes = new Map();
  private readonly reported = new Set<string>();
  private grown = 0;

  /** @param added the catalogue of the rules that the caller adds. */
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

  /** The same collector with a filter: it only receives the diagnostics that match. */
  where(isMeant: (code: ProjectCode, path: ComposePath) => boolean): DiagnosticCollector<ProjectCode> {
    const filtered = Object.create(this) as DiagnosticCollector<ProjectCode>;
    filtered.add = (code, message, details = {}) => {
      if (isMeant(code, details.path ?? [])) this.add(code, message, details);
    };
    return filtered;
  }

  /** Whether the project has grown over its bound. Then the rest is not validated. */
  get outgrown(): boolean {
    return this.grown > MOST_GROWTH;
  }

  /**
   * Counts, in about bytes, what variables, env files, `extends` and `include` add to the texts. Returns `false` once
   * the sum is over its bound (5 MB), and reports it where that happens. Small files may double again and again.
   */
  grow(weight: number, details: DiagnosticDetails): boolean {
    const before = this.outgrown;
    this.grown += weight;
    if (!this.outgrown) return true;
    if (!before) this.add("LYC2502", "the project grows beyond 5 MB when it is put together", details);
    return false;
  }
}
