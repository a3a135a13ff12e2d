import { DiagnosticCollector, type FaultDetails } from "../diagnostic";
import type { JudgedShapes } from "../validate/shape";
import type { ProjectCode } from "./catalogue";
import { projectCatalogue } from "./catalogue";
import type { SourceRow } from "./sources";

/** About bytes. What comes of a project is one text of at most 1 MB: this is more than any part of it needs on the way. */
const mostGrowth = 5_000_000;

/**
 * Gathers the faults of all files of a project, and counts what is made of them. Parts of a project are judged more than
 * once, on their own and merged: one fault of one place is told once.
 */
export class ProjectFaults extends DiagnosticCollector<ProjectCode> {
  /** What of the project was judged by its shape. */
  readonly judgedShapes: JudgedShapes = new Map();
  private readonly told = new Set<string>();
  private grown = 0;

  constructor(readonly sources: SourceRow) {
    super(sources, undefined, projectCatalogue);
  }

  override add(code: ProjectCode, message: string, details: FaultDetails = {}): void {
    const { span } = details;
    const key = `${code}@${span?.start}`;
    if (span !== undefined && this.told.has(key)) return;
    this.told.add(key);
    super.add(code, message, details);
  }

  /** Whether the project is over what it may grow to: what is left of it is not worth judging. */
  get outgrown(): boolean {
    return this.grown > mostGrowth;
  }

  /**
   * Counts what variables, env files, `extends` and `include` add to the texts, in about bytes. `false` once all of it
   * together is over its bound (5 MB), which is told where that happens: files that are small may well double and double.
   */
  grow(weight: number, details: FaultDetails): boolean {
    const before = this.outgrown;
    this.grown += weight;
    if (!this.outgrown) return true;
    if (!before) this.add("LYC2502", "the project grows beyond 5 MB when it is put together", details);
    return false;
  }
}
