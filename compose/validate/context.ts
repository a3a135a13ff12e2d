import type { CatalogueEntry } from "../diagnostics/catalogue";
import type { DiagnosticCollector, DiagnosticDetails } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { formatPath } from "../diagnostics/position";
import type { ComposeNode, MappingNode } from "../model/model";
import { NO_SECRETS, type SecretRules } from "../model/secret-rules";
import { isOpen } from "../yaml/structure";
import type { ValidationCode } from "./catalogue";
import { child, children, hasUnknown, keySpanOf, type Location, pathOf, select, valueSpan } from "./location";

/** A service of the document that is a mapping. */
export interface Service {
  readonly name: string;
  readonly location: Location & { readonly node: MappingNode };
}

/** A rule. It reads a document, and reports diagnostics with the codes of its catalogue. */
export type Rule<Code extends string = string> = (context: ValidationContext<Code>) => void;

/** Rules that a caller adds to those of Compose. */
export interface RuleSet {
  /** The catalogue entry of each code that the rules report. */
  readonly catalogue: Readonly<Record<string, CatalogueEntry>>;
  readonly rules: readonly Rule[];
}

/** The settings for validating a text, in addition to the rules of Compose. */
export interface RuleOptions {
  /** Rules that the caller adds. Default: none. */
  readonly rules?: RuleSet;
  /** Whether the whole text is secret, so that it may contain secrets. */
  readonly secret?: boolean;
  /**
   * The rules that decide what is a secret. By default, nothing is, so there are no diagnostics about secrets
   * (LYC26xx).
   */
  readonly secretRules?: SecretRules;
}

/** The position of a diagnostic, if it is not that of its value, and texts that replace those of the catalogue. */
type ReportDetails = Pick<DiagnosticDetails, "span" | "remedy" | "about">;

/** The document that a rule reads, with the collector of its diagnostics. */
export class ValidationContext<Code extends string = ValidationCode> {
  readonly root: Location;
  readonly services: readonly Service[];
  /** Keys of the top level that are probably not misspelt keys of Compose. */
  readonly unknownKeys: string[] = [];
  /** The rules that decide what is a secret. */
  readonly secretRules: SecretRules;
  /** Whether the whole text is secret. */
  readonly secret: boolean;
  private readonly reported = new Set<string>();

  /**
   * @param text the text of the document; without it, a diagnostic about a part of a value has the position of the
   * whole value
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
    this.services = this.members("services").flatMap((location) =>
      location.node.kind === "mapping"
        ? [{ name: String(location.step), location: { ...location, node: location.node } }]
        : [],
    );
  }

  /** Adds a diagnostic at a location. If several services share the value, the diagnostic is reported once. */
  add(code: Code, location: Location, message: string, details: ReportDetails = {}): void {
    const span = details.span ?? valueSpan(location);
    const key = `${code}@${span.start}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.collector.add(code, message, { ...details, span, path: pathOf(location) });
  }

  /** Adds a diagnostic whose message starts with the path of its location: `services.web.ports[0] must be …`. */
  addAt(code: Code, location: Location, message: string, details: ReportDetails = {}): void {
    const path = formatPath(pathOf(location));
    this.add(code, location, `${path === "" ? "the document" : path} ${message}`, details);
  }

  /** Like {@link addAt}, but the diagnostic is at the key of the location instead of its value. */
  addAtKey(code: Code, location: Location, message: string, details: Omit<ReportDetails, "span"> = {}): void {
    this.addAt(code, location, message, { ...details, span: keySpanOf(location) });
  }

  /** The names that a top-level section declares. `undefined` if includes or unknown values may declare more. */
  declared(section: string): ReadonlySet<string> | undefined {
    if (this.section("include") !== undefined) return undefined;
    const location = this.section(section);
    if (location !== undefined && isOpen(location.node)) return undefined;
    const names = children(location).map(({ step }) => String(step));
    return names.some(hasUnknown) ? undefined : new Set(names);
  }

  /**
   * The name that the author probably meant, for a diagnostic of this code. If the limit of diagnostics is reached, no
   * name is searched: among thousands of names, the search would take longer than everything else.
   */
  meant(code: Code, written: string, candidates: Iterable<string>): string | undefined {
    return this.collector.isFullFor(code) ? undefined : nearest(written, candidates);
  }

  /** The values of a top-level section, one for each name. */
  members(section: string): readonly Location[] {
    return select(this.section(section), "*");
  }

  /** A top-level section. */
  section(name: string): Location | undefined {
    return child(this.root, name);
  }
}
