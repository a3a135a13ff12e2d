import type { ComposeNode } from "../../model/model";
import { entriesOf } from "../nodes";

/** The longest path in a name, in characters. */
const LONGEST_NAME = 100;

/** Names of configs or volumes, made from paths. The same path always has the same name. */
export class LocalNames {
  private readonly names = new Map<string, string>();
  private readonly taken: Set<string>;

  /** @param declared the section of the document; the names in it are already in use */
  constructor(
    private readonly prefix: string,
    declared: ComposeNode | undefined,
  ) {
    this.taken = new Set(entriesOf(declared).keys());
  }

  /** The name for a path, relative to the project folder. */
  of(path: string): string {
    const known = this.names.get(path);
    if (known !== undefined) return known;
    const words = path.replace(/[^A-Za-z0-9-]+/g, "_").replace(/^_|_$/g, "");
    let name = `${this.prefix}_${words.slice(-LONGEST_NAME)}`;
    while (this.taken.has(name)) name = `${name}_`;
    this.taken.add(name);
    this.names.set(path, name);
    return name;
  }

  /** Another path whose name contains this name or is contained in it. */
  related(path: string): string | undefined {
    return [...this.names.keys()].find((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`));
  }
}
