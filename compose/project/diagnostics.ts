import { DiagnosticCollector, type DiagnosticDetails } from "../diagnostics/diagnostic";
import type { ComposePath } from "../diagnostics/position";
import { OPTION_TEXTS, type OptionTexts } from "../model/option-texts";
import type { RuleSet } from "../validate/context";
import type { ValidatedShapes } from "../validate/shape";
import { PROJECT_CATALOGUE, type ProjectCode } from "./catalogue";
import type { SourceRow } from "./sources";

/**
 * The largest approximate size of a project while its files are merged, in bytes. A project whose merged text has 1 MB,
 * the most that can be sent, stays below this limit.
 */
const MOST_GROWTH = 5_000_000;

/**
 * Collects the diagnostics of all files of a project, and counts the size of the project. A file is validated alone and
 * again after the merge. For this reason, a code is reported only once for each position.
 */
export class ProjectDiagnostics extends DiagnosticCollector<ProjectCode> {
  /** The values whose shape was already validated. */
  readonly validatedShapes: ValidatedShapes = new Map();
  private readonly reported = new Set<string>();
  private grown = 0;

  /** Maps each default text of `OPTION_TEXTS` to the caller's text, which replaces the default text in remedies. */
  private readonly remedies: ReadonlyMap<string, string>;

  /**
   * @param added the codes that the caller adds to the catalogue, and the caller's texts for the names in
   *   `OPTION_TEXTS`
   */
  constructor(
    readonly sources: SourceRow,
    private readonly added: Partial<Pick<RuleSet, "catalogue" | "texts">> = {},
  ) {
    super(sources, undefined, { ...PROJECT_CATALOGUE, ...added.catalogue });
    const names = Object.keys(OPTION_TEXTS) as (keyof OptionTexts)[];
    this.remedies = new Map(names.map((name) => [OPTION_TEXTS[name], this.textOf(name)]));
  }

  private ownText(remedy: string): string {
    return this.remedies.get(remedy) ?? remedy.replace(OPTION_TEXTS.variables, () => this.textOf("variables"));
  }

  /** Returns the text for a name of `OPTION_TEXTS`: the caller's text, or otherwise the default. */
  textOf(name: keyof OptionTexts): string {
    return this.added.texts?.[name] ?? OPTION_TEXTS[name];
  }

  override add(code: ProjectCode, message: string, details: DiagnosticDetails = {}): void {
    const { span, remedy } = details;
    const key = `${code}@${span?.start}`;
    if (span !== undefined && this.reported.has(key)) return;
    this.reported.add(key);
    super.add(code, message, remedy === undefined ? details : { ...details, remedy: this.ownText(remedy) });
  }

  /** Returns a collector that adds a diagnostic to this collector only if `isMeant` returns true. */
  where(isMeant: (code: ProjectCode, path: ComposePath) => boolean): DiagnosticCollector<ProjectCode> {
    const filtered = Object.create(this) as DiagnosticCollector<ProjectCode>;
    filtered.add = (code, message, details = {}) => {
      if (isMeant(code, details.path ?? [])) this.add(code, message, details);
    };
    return filtered;
  }

  /** Whether the project has become too large. If so, the rest of the project is not validated. */
  get outgrown(): boolean {
    return this.grown > MOST_GROWTH;
  }

  /**
   * Counts the approximate bytes that a variable, an env file, `extends` or `include`, for example, adds to the
   * project. A few small files can make a huge project, for example if each file includes the next one twice. Returns
   * `false` if the sum is over 5 MB. The first call over the limit reports an error with `details`.
   */
  grow(weight: number, details: DiagnosticDetails): boolean {
    const before = this.outgrown;
    this.grown += weight;
    if (!this.outgrown) return true;
    if (!before) this.add("LYC2502", "the project grows beyond 5 MB when it is put together", details);
    return false;
  }
}
