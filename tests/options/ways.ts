import { dirname, join } from "node:path";
import { installSdk } from "../harness/processes/python";
import { pulumiFolder } from "../harness/processes/tools";
import { ROOT } from "../harness/root";
import { emulatorIn, Setup } from "../harness/setup";
import { Workspace } from "../harness/workspace";

/** The ways to write a program: the class for the dynamic provider, and the plugin in three languages. */
export const WAYS = ["dynamic", "node", "yaml", "python"] as const;
export type Way = (typeof WAYS)[number];

/** The name of a way in a column of the page. */
export const TITLES: Readonly<Record<Way, string>> = {
  dynamic: "`pulumi-lyceum`",
  node: "`pulumi-lyceum/plugin`",
  yaml: "YAML",
  python: "Python",
};

/** One resource of a program, in a form that every language can read. */
export interface Declared {
  readonly name: string;
  /** Default: `run`. */
  readonly kind?: "run" | "files" | "component" | "provider";
  readonly args?: Readonly<Record<string, unknown>>;
  /** Resource options with Pulumi's names in Node.js. Another resource is given by its name. */
  readonly options?: Options;
  /** The id of a run that the program only reads. `{run: NAME}` is the id of the run of another resource. */
  readonly id?: string;
}

/** Resource options. A transform is given as the arguments and options that it adds to each run. */
export type Options = Readonly<Record<string, unknown>>;

/** The URN of a resource without a parent. */
export function urnIn(way: Way, name: string): string {
  const type = way === "dynamic" ? "pulumi-nodejs:dynamic/lyceum:ComposeExecution" : "lyceum:index:ComposeExecution";
  return `urn:pulumi:dev::story::${type}::${name}`;
}

const PLUGINS = { providers: [{ name: "lyceum", path: join(ROOT, "bin") }] };
const venv = process.env.LYCEUM_TEST_PYTHON_VENV ?? "";

/** Why a way cannot be tested on this machine. */
export function whyMissing(way: Way): string | undefined {
  if (way === "yaml" && !process.env.LYCEUM_TEST_YAML_HOST) return "there is no language host for YAML";
  if (way === "python" && venv === "") return "there is no Python for it";
  return undefined;
}

/** A stack with an emulator, whose program is written in one of the ways. */
export class Stack extends Setup {
  private constructor(
    readonly way: Way,
    ...parts: ConstructorParameters<typeof Setup>
  ) {
    super(...parts);
  }

  static async begin(way: Way): Promise<Stack> {
    const program = join(__dirname, "program", way === "python" ? "python" : way === "yaml" ? "yaml" : "node");
    const work = new Workspace(`options-${way}`, program, way === "node" ? "plugin" : "dynamic");
    const stack = new Stack(way, ...(await emulatorIn(work)));
    // The class of the dynamic provider gets a provider of the plugin in one row.
    if (way === "dynamic") stack.writeProject({ name: "nodejs", options: { typescript: false } });
    if (way === "python") {
      stack.writeProject({ name: "python", options: { virtualenv: venv } });
      installSdk(venv, join(work.temporary, "sdk"), stack.site);
    }
    return stack;
  }

  /** Writes the program. */
  declare(resources: readonly Declared[]): void {
    this.work.write("resources.json", JSON.stringify(resources, null, 2));
    if (this.way === "yaml") this.work.write("Pulumi.yaml", yamlProgram(resources));
  }

  override get environment(): Readonly<Record<string, string>> {
    const environment = super.environment;
    if (this.way !== "python") return environment;
    return {
      ...environment,
      PYTHONPATH: this.site,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "false",
      PATH: [join(venv, "bin"), pulumiFolder(), dirname(process.execPath), "/usr/bin", "/bin"].join(":"),
    };
  }

  private get site(): string {
    return join(this.work.temporary, "site");
  }

  private writeProject(runtime: object): void {
    this.work.write("Pulumi.yaml", JSON.stringify({ name: "story", runtime, plugins: PLUGINS }));
  }
}

const YAML_TYPES: Readonly<Record<NonNullable<Declared["kind"]>, string>> = {
  run: "lyceum:ComposeExecution",
  files: "lyceum:StoredFiles",
  component: "not in YAML",
  provider: "pulumi:providers:lyceum",
};

/** The program in YAML. Every JSON text is a YAML text. */
function yamlProgram(resources: readonly Declared[]): string {
  const declared = resources.map(({ name, kind = "run", args = {}, options = {}, id }) => [
    name,
    {
      type: YAML_TYPES[kind],
      ...(id === undefined ? { properties: args } : { get: { id } }),
      options: Object.fromEntries(
        Object.entries(options).map(([option, value]) => [option, inYaml(name, option, value)]),
      ),
    },
  ]);
  const program = { name: "story", runtime: "yaml", plugins: PLUGINS, resources: Object.fromEntries(declared) };
  return `${JSON.stringify(program, null, 2)}\n`;
}

/** An alias. In YAML, the alias is the old URN of the resource. */
interface Alias {
  readonly name?: string;
  readonly noParent?: true;
}

/** Options whose value is another resource, or a list of resources. */
const RESOURCES = ["parent", "provider", "providers", "dependsOn", "deletedWith", "replaceWith"];

function inYaml(resource: string, option: string, value: unknown): unknown {
  if (option === "aliases") return (value as readonly Alias[]).map(({ name = resource }) => urnIn("yaml", name));
  if (!RESOURCES.includes(option)) return value;
  const reference = (name: unknown): string => `\${${String(name)}}`;
  return Array.isArray(value) ? value.map(reference) : reference(value);
}
