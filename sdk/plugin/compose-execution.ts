import type * as pulumi from "@pulumi/pulumi";
import { EXECUTION_TOKEN, EXECUTION_TYPE } from "../../provider/schema/type-tokens";
import type { ComposeExecutionArgs } from "../args.generated";
import { checkConstructor, checkId } from "../arguments/constructor-arguments";
import { argumentInputs, NO_ARGUMENTS, outputNames } from "../compose-project";
import { ExecutionResource } from "../outputs.generated";
import { engineOptions, inheritRetention, optionInputs, recordRetention } from "../resource-options";

/**
 * One run of a Docker Compose project on Lyceum Cloud. The provider plugin manages this resource, and not the dynamic
 * provider. With the plugin, `pulumi import` works, ^C ends a wait at once, and the stack has no resource
 * `lyceum-scope`. `Pulumi.yaml` has to name the plugin.
 *
 * A stack can move from the class of the package's main entry point to this class without a new run.
 *
 * @example
 * ```ts
 * import { ComposeExecution } from "pulumi-lyceum/plugin";
 * const run = new ComposeExecution("train", { composeFile: "compose.yaml", waitFor: "completed" });
 * export const executionId = run.executionId;
 * ```
 */
export class ComposeExecution extends ExecutionResource {
  /** Whether a value is a {@link ComposeExecution} of the plugin, created by any copy of the package. */
  static override isInstance(value: unknown): value is ComposeExecution {
    return (value as { __pulumiType?: unknown } | undefined)?.__pulumiType === EXECUTION_TOKEN;
  }

  /**
   * Reads a run by its id. The program does not manage this run. An unknown id is an error (LYC3009).
   *
   * @param name Name of the resource in this program.
   * @param id Id of the run (`execution_id`).
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
   * @param opts Resource options. `deleteBeforeReplace: false` is refused.
   */
  constructor(name: string, args: ComposeExecutionArgs, opts: pulumi.CustomResourceOptions = {}) {
    checkConstructor("ComposeExecution", name, args, opts);
    const inherited = inheritRetention(opts);
    const inputs = inherited.id === undefined ? { ...argumentInputs(args), ...optionInputs(inherited) } : outputNames();
    super(EXECUTION_TOKEN, name, inputs, {
      ...engineOptions(name, args, inherited),
      // With this alias, a stack that moves from the dynamic provider to the plugin keeps its run.
      aliases: [...(Array.isArray(inherited.aliases) ? inherited.aliases : []), { type: EXECUTION_TYPE }],
    });
    recordRetention(this, inherited);
  }
}
