import { ARGUMENTS, inputRow } from "./derive-inputs";
import { isOutput } from "./outputs";
import type { InputRow, ShownOutput } from "./rows";
import type { Properties } from "./value-types";

/**
 * The arguments that are also outputs. An argument is left out if its row has `notOutput`, or if the table of outputs
 * has a row with the same name. The hosts add these outputs. The lifecycle never reads them.
 */
export const ARGUMENT_OUTPUTS: readonly string[] = ARGUMENTS.filter(
  (name) => !isOutput(name) && inputRow(name).notOutput === undefined,
);

/** The rows of {@link ARGUMENT_OUTPUTS}, for classes, schema and documentation. */
export const ARGUMENT_OUTPUT_ROWS: Readonly<Record<string, ShownOutput>> = Object.fromEntries(
  ARGUMENTS.filter((name) => ARGUMENT_OUTPUTS.includes(name)).map((name) => [name, shownOutput(name, inputRow(name))]),
);

function shownOutput(name: string, { type }: InputRow): ShownOutput {
  return {
    type: { ...type, typescript: withoutInputs(type.typescript) },
    public: true,
    doc: `The argument \`${name}\`, as the last create, update or refresh used it.`,
  };
}

/** Converts the type of an argument to the type of an output: `pulumi.Input<string>[]` becomes `string[]`. */
function withoutInputs(typescript: string): string {
  const plain = typescript.replace(/pulumi\.Input<([^<>]*)>/g, "$1");
  return /^\w+$/.test(plain) && /^[A-Z]/.test(plain) ? `pulumi.Unwrap<${plain}>` : plain;
}

/** Returns the arguments that are also outputs, from the values of all arguments. */
export function argumentOutputs(values: Properties): Properties {
  return Object.fromEntries(
    ARGUMENT_OUTPUTS.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}
