import { nearest } from "../../diagnostics/nearest";
import { type ComposePath, printableKey } from "../../diagnostics/position";
import { unescapeDollars } from "../../model/interpolation";
import { type ComposeNode, isNull } from "../../model/model";
import { didYouMean } from "../../validate/remedies";
import { checkServiceType, isOpen } from "../../yaml/structure";
import type { ProjectDiagnostics } from "../diagnostics";
import {
  entriesOf,
  type MappingNode,
  mapValues,
  replacedBelow,
  textOf,
  valueAt,
  withoutKeys,
  withoutReplaced,
} from "../nodes";
import { validateExtends } from "../validate-part";
import { mergeNodes } from "./merge";

/**
 * A file with services that other services may extend. Its variables are replaced, and its paths are relative to the
 * project folder.
 */
export interface Extendable {
  /** The absolute path of the file. */
  readonly file: string;
  readonly root: ComposeNode;
  readonly replaced: readonly ComposePath[];
}

/**
 * Reads a file that `extends` names. If the file cannot be read, reports an error at `location`, which is the name of
 * the file in `extends`.
 */
export type OpenExtended = (path: string, location: ComposeNode, at: ComposePath) => Extendable | undefined;

const LONGEST_CHAIN = 100;

/** Merges extended services into the services that extend them. */
export function applyExtends(document: Extendable, open: OpenExtended, collector: ProjectDiagnostics): ComposeNode {
  const { root } = document;
  if (root.kind !== "mapping") return root;
  const run = new Extending(open, collector);
  return mapValues(root, (value, section) => {
    if (section !== "services" || value.kind !== "mapping") return value;
    return mapValues(value, (service, name) => {
      const whole = run.service(document, name, []);
      // If the extended service is empty, Compose merges nothing and leaves the key `extends`. The schema then reports
      // this key.
      const extended = valueAt(service, "extends");
      if (extended !== undefined && run.tookNothing(document, name)) validateExtends(name, extended, collector);
      return whole;
    });
  });
}

class Extending {
  private readonly done = new Map<string, ComposeNode>();
  private readonly without = new Set<string>();

  constructor(
    private readonly open: OpenExtended,
    private readonly collector: ProjectDiagnostics,
  ) {}

  /** Whether the service with this name extends an empty service. */
  tookNothing(document: Extendable, name: string): boolean {
    return this.without.has(`${document.file}#${name}`);
  }

  service(document: Extendable, name: string, chain: readonly string[]): ComposeNode | undefined {
    const id = `${document.file}#${name}`;
    const known = this.done.get(id);
    if (known !== undefined) return known;
    const service = valueAt(valueAt(document.root, "services"), name);
    const extended = valueAt(service, "extends");
    if (service?.kind !== "mapping" || extended === undefined || isNull(extended)) return service;
    const merged = this.extend(document, name, service, extended, [...chain, id]);
    this.done.set(id, merged);
    return merged;
  }

  private extend(
    document: Extendable,
    name: string,
    service: MappingNode,
    extended: ComposeNode,
    chain: readonly string[],
  ): ComposeNode {
    const own = withoutKeys(service, ["extends"]);
    const path = ["services", name, "extends"];
    const wanted = extended.kind === "mapping" ? valueAt(extended, "service") : extended;
    const ref = textOf(wanted);
    // If `extends` does not contain a name, the schema reports an error.
    if (wanted === undefined || ref === undefined) return service;
    const file = valueAt(extended, "file");
    const target = file === undefined || isNull(file) ? document : this.file(file, path);
    // An error about the file is already reported, so the service stays unchanged.
    if (target === undefined) return service;
    const services = entriesOf(valueAt(target.root, "services"));
    const entry = services.get(ref);
    const mention = { span: wanted.span, path };
    if (entry === undefined) {
      const details = { ...mention, ...didYouMean(nearest(ref, services.keys())) };
      this.collector.add("LYC2505", `the extended service ${printableKey(ref)} is not defined`, details);
      return service;
    }
    if (chain.includes(`${target.file}#${ref}`) || chain.length >= LONGEST_CHAIN) {
      const message = chain.length >= LONGEST_CHAIN ? "are a chain without end" : "are a circle";
      this.collector.add("LYC2504", `the services that ${printableKey(name)} extends ${message}`, mention);
      return service;
    }
    const base = this.service(target, ref, chain);
    if (base !== undefined && isNull(base)) this.without.add(`${document.file}#${name}`);
    if (base === undefined || isNull(base) || isOpen(base)) return own;
    if (base.kind !== "mapping") {
      checkServiceType(ref, entry, this.collector);
      return service;
    }
    if (!this.collector.grow(base.weight, mention)) return own;
    const kept = withoutReplaced(base, replacedBelow(document.replaced, ["services", name]));
    return mergeNodes(kept, own, ["services", name], this.collector);
  }

  private file(file: ComposeNode, path: ComposePath): Extendable | undefined {
    const text = textOf(file);
    return text === undefined ? undefined : this.open(unescapeDollars(text), file, [...path, "file"]);
  }
}
