import type { CatalogueEntry } from "../diagnostics/catalogue";
import type { DiagnosticCollector, DiagnosticDetails } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { formatPath, type Span } from "../diagnostics/position";
import { WORKLOAD_SECTIONS, type WorkloadSection } from "../model/keys";
import type { ComposeNode, MappingNode } from "../model/model";
import type { OptionTexts } from "../model/option-texts";
import { NO_SECRETS, type SecretRules } from "../model/secret-rules";
import { isOpen, misspelling } from "../yaml/structure";
import type { ValidationCode } from "./catalogue";
import { child, children, hasUnknown, keySpanOf, type Location, pathOf, select, valueSpan } from "./location";

/** A service or a job whose value is a mapping. */
export interface Workload {
  readonly name: string;
  readonly section: WorkloadSection;
  readonly location: Location & { readonly node: MappingNode };
}

/** A function that validates a document. It reports diagnostics with codes of the type `Code`. */
export type Rule<Code extends string = string> = (context: ValidationContext<Code>) => void;

/** Rules that a caller adds to the rules of Compose. */
export interface RuleSet {
  /**
   * The catalogue entries of the codes that the rules report. An entry replaces the existing entry of its code, for
   * example to change the remedy.
   */
  readonly catalogue: Readonly<Record<string, CatalogueEntry>>;
  readonly rules: readonly Rule[];
  /** Texts for messages that name options. A caller sets them if its users know the options by other names. */
  readonly texts?: OptionTexts;
}

/** Options of validation. */
export interface RuleOptions {
  /** The caller's rules. Default: none. */
  readonly rules?: RuleSet;
  /** Whether the whole text is secret. A secret text may contain secrets, so they are not reported. */
  readonly secret?: boolean;
  /** The rules that decide which texts are secrets. Default: none, so that no secrets are reported (LYC26xx). */
  readonly secretRules?: SecretRules;
}

/** Facts about a diagnostic at a location. Without `span`, the diagnostic is at the value of the location. */
type ReportDetails = Pick<DiagnosticDetails, "span" | "remedy" | "about" | "explainedBy" | "correction">;

/** What a validation rule gets: the document, and functions that add diagnostics to the collector. */
export class ValidationContext<Code extends string = ValidationCode> {
  readonly root: Location;
  readonly services: readonly Workload[];
  /** The services and jobs. */
  readonly workloads: readonly Workload[];
  /** The services, the jobs, and the init containers (`pre_start`) of services. */
  readonly containers: readonly Location[];
  /** Unknown top-level keys that are not similar to a key of Compose. */
  readonly unknownKeys: string[] = [];
  /** The rules that decide which texts are secrets. */
  readonly secretRules: SecretRules;
  /** Whether the whole text is secret. */
  readonly secret: boolean;
  private readonly reported = new Set<string>();
  /** Caches {@link misspeltSection}, because thousands of names may be missing in one section. */
  private readonly misspelt = new Map<string, Span | undefined>();

  /**
   * @param text the text of the document; without the text, a diagnostic about a part of a value underlines the whole
   *   value
   */
  constructor(
    root: ComposeNode,
    private readonly collector: DiagnosticCollector<NoInfer<Code>>,
    { secret = false, secretRules = NO_SECRETS }: RuleOptions = {},
    readonly text = "",
  ) {
    this.root = { node: root };
    this.secret = secret;
    this.secretRules = secretRules;
    this.workloads = WORKLOAD_SECTIONS.flatMap((section) =>
      this.members(section).flatMap((location) =>
        location.node.kind === "mapping"
          ? [{ name: String(location.step), section, location: { ...location, node: location.node } }]
          : [],
      ),
    );
    this.containers = this.workloads.flatMap(({ location }) => [
      location,
      ...children(child(location, "pre_start")).filter(({ node }) => node.kind === "mapping"),
    ]);
    this.services = this.workloads.filter(({ section }) => section === "services");
  }

  /**
   * Adds a diagnostic at a location. If several services share the value through an alias, adds only one diagnostic.
   */
  add(code: Code, location: Location, message: string, details: ReportDetails = {}): void {
    const span = details.span ?? valueSpan(location);
    const key = `${code}@${span.start}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.collector.add(code, message, { ...details, span, path: pathOf(location) });
  }

  /** Adds a diagnostic whose message starts with the path of the location: `services.web.ports[0] must be …`. */
  addAt(code: Code, location: Location, message: string, details: ReportDetails = {}): void {
    const path = formatPath(pathOf(location));
    this.add(code, location, `${path === "" ? "the document" : path} ${message}`, details);
  }

  /** Like {@link addAt}, but underlines the key of the location in place of its value. */
  addAtKey(code: Code, location: Location, message: string, details: Omit<ReportDetails, "span"> = {}): void {
    this.addAt(code, location, message, { ...details, span: keySpanOf(location) });
  }

  /**
   * Returns the names that a top-level section declares. Returns `undefined` if `include` or an unknown value may
   * declare further names.
   */
  declared(section: string): ReadonlySet<string> | undefined {
    if (this.section("include") !== undefined) return undefined;
    const location = this.section(section);
    if (location !== undefined && isOpen(location.node)) return undefined;
    const names = children(location).map(({ step }) => String(step));
    return names.some(hasUnknown) ? undefined : new Set(names);
  }

  /** Returns the span of a top-level key that is probably a misspelling of a missing section. */
  misspeltSection(section: string): Span | undefined {
    if (!this.misspelt.has(section)) {
      const isMissing = this.section(section) === undefined;
      this.misspelt.set(section, isMissing ? misspelling(this.root.node, [section]) : undefined);
    }
    return this.misspelt.get(section);
  }

  /**
   * Returns the name that the author probably meant. Returns `undefined` without a search if the collector is full for
   * this code, because a search among thousands of names takes long.
   */
  meant(code: Code, written: string, candidates: Iterable<string>): string | undefined {
    return this.collector.isFullFor(code) ? undefined : nearest(written, candidates);
  }

  /** Returns the services, networks or other members of a top-level section. */
  members(section: string): readonly Location[] {
    return select(this.section(section), "*");
  }

  /** Returns the values at a path below each service and each job, such as `ports.[]`. */
  inWorkloads(path: string): readonly Location[] {
    return this.workloads.flatMap(({ location }) => select(location, path));
  }

  /** Returns a top-level section, or `undefined` if the document does not have it. */
  section(name: string): Location | undefined {
    return child(this.root, name);
  }
}
