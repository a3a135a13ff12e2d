import type { CatalogueEntry } from "../diagnostics/catalogue";
import { DiagnosticCollector, type DiagnosticDetails } from "../diagnostics/diagnostic";
import type { ComposePath } from "../diagnostics/position";
import type { ValidatedShapes } from "../validate/shape";
import { PROJECT_CATALOGUE, type ProjectCode } from "./catalogue";
import type { SourceRow } from "./sources";

/**
 * The largest size of a project in approximate bytes, while its files are merged. The result is one text of at most
 * 1 MB, and a project with such a result does not reach this limit.
 */
const MOST_GROWTH = 5_000_000;

/**
 * Collects the diagnostics of all files of a project, and adds up the size that the project has after interpolation and
 * merges. Parts of a project are validated more than once, alone and after the merge. So the same diagnostic at the
 * same position is reported only once.
 */
export class ProjectDiagnostics extends DiagnosticCollector<ProjectCode> {
  /** The parts of the project whose shape is already validated. */
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

  /** The same collector with a filter: it receives only the diagnostics that match. */
  where(isMeant: (code: ProjectCode, path: ComposePath) => boolean): DiagnosticCollector<ProjectCode> {
    const filtered = Object.create(this) as DiagnosticCollector<ProjectCode>;
    filtered.add = (code, message, details = {}) => {
      if (isMeant(code, details.path ?? [])) this.add(code, message, details);
    };
    return filtered;
  }

  /** Whether the project has become too large, so that the rest is not validated. */
  get outgrown(): boolean {
    return this.grown > MOST_GROWTH;
  }

  /**
   * Counts the approximate bytes that variables, env files, `extends` and `include` add to the texts, because even
   * small files may double again and again. Returns `false` if the sum is over the limit (5 MB). The first time, also
   * reports an error at the position in `details`.
   */
  grow(weight: number, details: DiagnosticDetails): boolean {
    const before = this.outgrown;
    this.grown += weight;
    if (!this.outgrown) return true;
    if (!before) this.add("LYC2502", "the project grows beyond 5 MB when it is put together", details);
    return false;
  }
}
