import * as pulumi from "@pulumi/pulumi";
import { EXECUTION_PROVIDER } from "../provider/hosts/dynamic/provider-code";
import { EXECUTION_TYPE } from "../provider/schema/type-tokens";
import { ARTIFACTS_OF_DYNAMIC_HOST } from "../provider/schema/wire-forms";
import type { ComposeExecutionArgs } from "./args.generated";
import { checkConstructor, checkId } from "./arguments/constructor-arguments";
import { durationSeconds } from "./arguments/durations";
import {
  argumentInputs,
  type GivenArgs,
  isPlainMap,
  NO_ARGUMENTS,
  outputNames,
  projectInputs,
} from "./compose-project";
import { assertInstalled } from "./installed";
import { ExecutionResource } from "./outputs.generated";
import { engineOptions, inheritRetention, optionInputs, recordRetention, refuseImport } from "./resource-options";
import { currentScope } from "./scope";

/**
 * One run of a Docker Compose project on Lyceum Cloud. Creating the resource starts the run. Refreshing the resource
 * reads the status of the run. Deleting the resource aborts the run with its grace period. Once the run has reached
 * `waitFor`, Pulumi does not start it again. The end of a run is not drift.
 *
 * A replacement aborts the old run before the new run starts. For this reason, the resource option
 * `deleteBeforeReplace: false` is refused.
 *
 * @example
 * ```ts
 * import * as lyceum from "pulumi-lyceum";
 *
 * const prepare = new lyceum.ComposeExecution("prepare", { composeFile: "prepare.yaml", waitFor: "completed" });
 * const train = new lyceum.ComposeExecution(
 *   "train",
 *   { composeFile: "train.yaml", executionType: "gpu.a100", timeout: 600 },
 *   { dependsOn: prepare },
 * );
 *
 * export const returnCode = prepare.returnCode;
 * export const status = train.status;
 * ```
 */
export class ComposeExecution extends ExecutionResource {
  /**
   * Whether a value is a {@link ComposeExecution}, created by any copy of the package.
   *
   * @example
   * ```ts
   * const statusOf = (resource: pulumi.Resource) =>
   *   lyceum.ComposeExecution.isInstance(resource) ? resource.status : undefined;
   * ```
   */
  static override isInstance(value: unknown): value is ComposeExecution {
    return (value as { __pulumiType?: unknown } | undefined)?.__pulumiType === EXECUTION_TYPE;
  }

  /**
   * Reads a run by its id. The program does not manage this run. An unknown id is an error (LYC3009).
   *
   * @param name Name of the resource in this program.
   * @param id Id of the run (`execution_id`).
   *
   * @example
   * ```ts
   * const other = lyceum.ComposeExecution.get("other", "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90");
   * export const status = other.status;
   * ```
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts: pulumi.CustomResourceOptions = {}): ComposeExecution {
    checkId(name, id);
    return new ComposeExecution(name, NO_ARGUMENTS, { ...opts, id });
  }

  /**
   * Declares a run.
   *
   * @param name Name of the resource. The start key contains the name, so a new name starts a new run.
   * @param args Arguments. A preview reports errors in the known arguments (LYC4010), and starts no run.
   * @param opts Resource options. `deleteBeforeReplace: false` is refused. `customTimeouts` limits the waits.
   *   `ignoreChanges: ["composeFile"]` ignores changes of the files. With `replaceOnChanges`, a change of a setting
   *   starts a new run. `retainOnDelete: true` means `onDelete: "leave"`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution(
   *   "job",
   *   { composeFile: "compose.yaml", waitFor: "completed" },
   *   { customTimeouts: { create: "30m" }, retainOnDelete: true },
   * );
   * ```
   */
  constructor(name: string, args: ComposeExecutionArgs, opts: pulumi.CustomResourceOptions = {}) {
    assertInstalled();
    checkConstructor("ComposeExecution", name, args, opts);
    refuseImport(name, opts);
    const inherited = inheritRetention(opts);
    const options = engineOptions(name, args, inherited);
    const read = { __provider: EXECUTION_PROVIDER, ...outputNames() };
    super(EXECUTION_TYPE, name, inherited.id === undefined ? inputsOf(name, args, inherited) : read, options);
    recordRetention(this, inherited);
  }
}

function inputsOf(name: string, args: GivenArgs, opts: pulumi.CustomResourceOptions): pulumi.Inputs {
  const inputs = argumentInputs(args);
  return {
    __provider: EXECUTION_PROVIDER,
    ...inputs,
    // The argument `artifacts` is sent under another name, because an output has the name `artifacts`.
    ...(args.artifacts === undefined ? {} : { artifacts: undefined, [ARTIFACTS_OF_DYNAMIC_HOST]: args.artifacts }),
    ...projectInputs(args),
    ...optionInputs(opts),
    // These inputs are internal. In previews, the engine hides inputs whose names begin with two underscores.
    ...(opts.customTimeouts === undefined ? {} : { __customTimeouts: parseCustomTimeouts(opts.customTimeouts) }),
    __secretInputs: namesOfSecrets({ ...args, variables: inputs.variables }),
    __scope: currentScope().secret,
    // A dynamic provider does not receive the URN, but needs it for messages and for the start key. The engine drops an
    // input with the name `urn`.
    __resourceUrn: urnOf(name, opts.parent),
  };
}

/**
 * Returns the URN of the resource as a promise. With an output, the run would depend on its parent. A dependency on a
 * component includes all its children, so that two runs of one component would wait for each other.
 */
function urnOf(name: string, parent: pulumi.Resource | undefined): Promise<pulumi.URN> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, EXECUTION_TYPE, parent).apply(resolve);
  });
}

/**
 * Returns the names of the secret arguments. A dynamic provider needs these names, because it receives values without
 * their secret marks. Single `variables` and `images` have names of their own (`variables.PASSWORD`), because most of
 * them are not secret.
 */
async function namesOfSecrets(args: { readonly [name: string]: unknown }): Promise<string[]> {
  const values: { [name: string]: unknown } = { ...args };
  for (const argument of ["variables", "images"]) {
    const given = args[argument];
    if (!isPlainMap(given as pulumi.Input<Record<string, unknown>>)) continue;
    const single = given as Record<string, unknown>;
    for (const name of Object.keys(single)) values[`${argument}.${name}`] = single[name];
  }
  const names = Object.keys(values).filter((name) => values[name] !== undefined);
  const secrets = await Promise.all(
    names.map(async (name) =>
      name === "registryCredentials" || (await pulumi.isSecret(pulumi.output(values[name]))) ? [name] : [],
    ),
  );
  return secrets.flat();
}

/**
 * Returns the resource option `customTimeouts` in seconds, because the engine does not pass it to a dynamic provider.
 */
function parseCustomTimeouts(timeouts: pulumi.CustomTimeouts): { readonly [operation: string]: number } | undefined {
  const parsed: { [operation: string]: number } = {};
  for (const key of ["create", "update", "delete"] as const) {
    const seconds = durationSeconds(timeouts[key] ?? "");
    if (seconds !== undefined) parsed[key] = seconds;
  }
  return Object.keys(parsed).length === 0 ? undefined : parsed;
}
