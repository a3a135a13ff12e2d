import * as pulumi from "@pulumi/pulumi";
import { ARGUMENTS, namesSecretResults, SECRET_OUTPUTS } from "../provider/schema";
import { ARTIFACTS_OF_DYNAMIC_HOST } from "../provider/schema/wire-forms";
import type { GivenArgs } from "./compose-project";

/**
 * The inputs that the provider adds after it has read the project's files: the model for previews, and the record of
 * the project for the state.
 */
const MADE = ["compose", "__composeRecord"];

/**
 * Returns the resource options for the engine. The provider itself applies `replaceOnChanges` and `retainOnDelete`.
 *
 * @throws {pulumi.RunError} LYC4002, LYC4003
 */
export function engineOptions(
  name: string,
  args: GivenArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  if (opts.deleteBeforeReplace === false) {
    throw new pulumi.RunError(
      `LYC4002: ${name}: deleteBeforeReplace cannot be false. A forced replacement that creates first would adopt the old run. Leave the option out.`,
    );
  }
  // With `replaceOnChanges`, the engine would replace a run whose wait ended too early, instead of resuming the wait.
  // So the engine does not receive this option, and the provider itself applies it.
  const { replaceOnChanges: _applied, ignoreChanges, retainOnDelete, ...others } = opts;
  return {
    ...others,
    deleteBeforeReplace: true,
    additionalSecretOutputs: [
      ...(opts.additionalSecretOutputs ?? []),
      ...SECRET_OUTPUTS,
      ...(namesSecretResults(args.secretResults) ? ["results"] : []),
    ],
    // With `true`, the engine would not call the provider to delete the run, and the deletion of the stack's scope
    // would report the run as abandoned. With `false`, the engine does not use the option of the resource's parent.
    ...(retainOnDelete === undefined ? {} : { retainOnDelete: false }),
    ...(retainOnDelete === true ? { transformations: [...(opts.transformations ?? []), retainChildren] } : {}),
    ...(ignoreChanges === undefined ? {} : { ignoreChanges: ignoredInputs(name, args, opts) }),
  };
}

/** The runs with `retainOnDelete`, and their children that inherit the option. */
const RETAINED = new WeakSet<pulumi.Resource>();

/**
 * Adds the option `retainOnDelete` if the parent is in `RETAINED`. A run needs the option in its constructor, which
 * translates the option into `onDelete`.
 */
export function inheritRetention(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  const isInherited = opts.retainOnDelete === undefined && opts.parent !== undefined && RETAINED.has(opts.parent);
  return isInherited ? { ...opts, retainOnDelete: true } : opts;
}

/** Records that a run has the option `retainOnDelete`, because the children of the run inherit this option. */
export function recordRetention(run: pulumi.Resource, opts: pulumi.CustomResourceOptions): void {
  if (opts.retainOnDelete === true) RETAINED.add(run);
}

/**
 * Adds the option `retainOnDelete` to a resource below a retained run, unless the resource sets the option itself. The
 * engine does not do this, because `engineOptions` passes `false` to it for the run. Pulumi's SDK calls this
 * transformation for all resources below the run.
 */
const retainChildren: pulumi.ResourceTransformation = ({ resource, props, opts }) => {
  if (opts.parent === undefined || !RETAINED.has(opts.parent)) return undefined;
  const retainOnDelete = opts.retainOnDelete ?? true;
  if (retainOnDelete) RETAINED.add(resource);
  return { props, opts: { ...opts, retainOnDelete } };
};

/**
 * Throws if a dynamic resource has the option `import`.
 *
 * @throws {pulumi.RunError} LYC4004
 */
export function refuseImport(name: string, opts: pulumi.CustomResourceOptions): void {
  if (opts.import === undefined) return;
  throw new pulumi.RunError(
    `LYC4004: ${name}: the option import cannot be used, because Pulumi cannot import a dynamic resource. Name the run in the argument existingExecutionId instead, and leave the option out. Or import the class from pulumi-lyceum/plugin.`,
  );
}

/** Returns the inputs for the resource options that the provider itself applies. */
export function optionInputs(opts: pulumi.CustomResourceOptions): pulumi.Inputs {
  return {
    ...(opts.retainOnDelete === true ? { onDelete: "leave", deleteRecord: false } : {}),
    // The engine applies `replaceOnChanges` only to a detailed diff, but a dynamic provider cannot return such a diff.
    ...(opts.replaceOnChanges === undefined ? {} : { __replaceOnChanges: opts.replaceOnChanges }),
  };
}

/**
 * Returns the names of the inputs whose changes the engine ignores. The engine replaces these inputs by their recorded
 * values. `*` means every argument. With `composeFile`, the inputs that the provider makes from the files (`MADE`) are
 * ignored too. With `retainOnDelete`, `onDelete` and `deleteRecord` are not ignored, because this option sets them.
 */
function ignoredInputs(name: string, args: GivenArgs, opts: pulumi.CustomResourceOptions): string[] {
  const given = opts.ignoreChanges ?? [];
  const part = given.find((path) => /^compose[.[]/.test(path));
  if (part !== undefined) {
    throw new pulumi.RunError(
      `LYC4003: ${name}: ignoreChanges cannot name a part of a compose project (${part}). Name composeFile to ignore all that its files hold.`,
    );
  }
  const paths = new Set(given.flatMap((path): readonly string[] => (path === "*" ? ARGUMENTS : [path])));
  // The dynamic provider receives `artifacts` under another name.
  for (const path of paths)
    if (/^artifacts($|[.[])/.test(path)) paths.add(path.replace("artifacts", ARTIFACTS_OF_DYNAMIC_HOST));
  if ([...paths].some((path) => /^(composeFile($|\[)|compose$)/.test(path))) for (const made of MADE) paths.add(made);
  // The source that the program does not set (`composeFile` or `composeFileCode`) is not ignored. Otherwise, the engine
  // would add its recorded value to the inputs, and two sources are an error.
  const other = args.composeFile === undefined ? /^(composeFile($|\[)|compose$|__composeRecord$)/ : /^composeFileCode$/;
  const sparing = opts.retainOnDelete === true ? ["onDelete", "deleteRecord"] : [];
  return [...paths].filter((path) => !other.test(path) && !sparing.includes(path));
}
