import type { LyceumPort } from "../lyceum/port";
import { createRedactor, type Redactor } from "../secrets";
import type { ExecutionInputs } from "./inputs";
import type { ExecutionOutputs } from "./outputs";
import { secretValues } from "./parse-inputs";
import { sensitiveTexts } from "./sensitive-texts";

/** Takes everything that is secret in inputs and outputs of a resource out of a text: for errors, reasons and output lines alike. */
export function redactorFor(
  inputs: ExecutionInputs,
  { streamingUrl }: Pick<ExecutionOutputs, "streamingUrl"> = {},
): Redactor {
  return createRedactor([...secretsIn(inputs), ...(streamingUrl === undefined ? [] : [streamingUrl])]);
}

/** Names the secrets of a resource's inputs to the client, before it reads or shortens any answer about its run. */
export function keepSecretsOut({ client }: { readonly client: LyceumPort }, inputs: ExecutionInputs): void {
  client.keepOut(secretsIn(inputs));
}

/** Everything that is secret in a resource's inputs. */
export function secretsIn(inputs: ExecutionInputs): string[] {
  const secretText = inputs.secretInputs.includes("composeFileCode") && inputs.composeText !== undefined;
  return [...secretValues(inputs), ...(secretText ? sensitiveTexts(inputs.composeText ?? "") : [])];
}
