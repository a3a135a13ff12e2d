import type { DiagnosticCollector, DiagnosticDetails } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { type ComposeNode, formatPath, type MappingNode } from "../model/model";
import { NO_SECRETS, type SecretRules } from "../model/secret-rules";
import { isOpen } from "../yaml/structure";
import type { ValidationCode } from "./catalogue";
import { child, children, hasUnknown, keySpanOf, type Location, pathOf, select, valueSpan } from "./location";

/** A service of the document that is a mapping. */
export interface Service {
  readonly name: string;
  readonly location: Location & { readonly node: MappingNode };
}

/** How images are asked for. Absent parts are not known. */
export type RegistryAccess =
  | { readonly type: "none" }
  | { readonly type: "basic"; readonly username?: string }
  | { readonly type: "aws"; readonly accessKeyId?: string; readonly region?: string };

/** What is known of the run beside its text. A rule that needs what is absent says nothing. */
export interface RunContext {
  /** The machine of the run, such as `cpu` or `gpu.l40s`. */
  readonly executionType?: string;
  /** The credentials of the run. */
  readonly registry?: RegistryAccess;
  /** The text is secret, so secrets may stand in it. */
  readonly secret?: boolean;
  /** What counts as a secret; default nothing, and then no diagnostic is about secrets (LYC26xx). */
  readonly secretRules?: SecretRules;
  /** Images will take the place of builds in this text (`images` of a project): what is built is judged then. */
  readonly givesImages?: boolean;
  /** Whether somebody waits until the run has completed: a service that never ends then keeps it from that. */
  readonly untilCompleted?: boolean;
  /** What messages call the service that runs the text; default `the service`. */
  readonly remote?: string;
  /** Names of variables that are set. Without it, none is. */
  readonly variables?: ReadonlySet<string>;
}

/** Where a diagnostic stands if it is not at its value, and words that fit better than the catalogue's. */
type ReportDetails = Pick<DiagnosticDetails, "span" | "remedy" | "about">;

/** What a rule looks at, and where it reports its diagnostics. */
export class ValidationContext {
  readonly root: Location;
  readonly services: readonly Service[];
  /** Keys of the top level that nobody has meant for one of Compose's. */
  readonly unknownKeys: string[] = [];
  /** What counts as a secret. */
  readonly secretRules: SecretRules;
  /** What messages call the service. */
  readonly remote: string;
  private readonly reported = new Set<string>();

  /** @param text what the document was read from; without it, a diagnostic in a value is at the whole value. */
  constructor(
    root: ComposeNode,
    private readonly collector: DiagnosticCollector<ValidationCode>,
    readonly runContext: RunContext = {},
    readonly text = "",
  ) {
    this.root = { node: root };
    this.secretRules = runContext.secretRules ?? NO_SECRETS;
    this.remote = runContext.remote ?? "the service";
    this.services = this.members("services").flatMap((location) =>
      location.node.kind === "mapping"
        ? [{ name: String(location.step), location: { ...location, node: location.node } }]
        : [],
    );
  }

  /** Adds a diagnostic at a place. A diagnostic in a value that several services share is reported once. */
  add(code: ValidationCode, location: Location, message: string, details: ReportDetails = {}): void {
    const span = details.span ?? valueSpan(location);
    const key = `${code}@${span.start}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.collector.add(code, message, { ...details, span, path: pathOf(location) });
  }

  /** Adds a diagnostic whose message starts with the path of the place: `services.web.ports[0] must be …`. */
  addAt(code: ValidationCode, location: Location, message: string, details: ReportDetails = {}): void {
    const path = formatPath(pathOf(location));
    this.add(code, location, `${path === "" ? "the document" : path} ${message}`, details);
  }

  /** As {@link addAt}, at the key of the place and not at its value. */
  addAtKey(code: ValidationCode, location: Location, message: string, details: Omit<ReportDetails, "span"> = {}): void {
    this.addAt(code, location, message, { ...details, span: keySpanOf(location) });
  }

  /** The names that a top-level section declares; `undefined` when included files or unknown values may declare others. */
  declared(section: string): ReadonlySet<string> | undefined {
    if (this.section("include") !== undefined) return undefined;
    const location = this.section(section);
    if (location !== undefined && isOpen(location.node)) return undefined;
    const names = children(location).map(({ step }) => String(step));
    return names.some(hasUnknown) ? undefined : new Set(names);
  }

  /**
   * The name that was probably meant, for a diagnostic of this code. Not looked for once nobody would read it: among
   * thousands of names each search costs more than the rest of the diagnostic.
   */
  meant(code: ValidationCode, written: string, candidates: Iterable<string>): string | undefined {
    return this.collector.isFullFor(code) ? undefined : nearest(written, candidates);
  }

  /** What stands under the names of a top-level section. */
  members(section: string): readonly Location[] {
    return select(this.section(section), "*");
  }

  /** A top-level section. */
  section(name: string): Location | undefined {
    return child(this.root, name);
  }
}
