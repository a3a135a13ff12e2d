import * as pulumi from "@pulumi/pulumi";
import type * as SharedBucket from "../provider/hosts/bucket";
import type * as SharedClient from "../provider/hosts/serve";
import type * as Queries from "../provider/reads";
import { type FunctionName, secretsOfFunction } from "../provider/schema";

type Given = object | undefined;

/**
 * Calls a function in the program's own process, with the settings of the stack and of the environment. Throws LYC4010
 * for invalid arguments. Arguments that are outputs need {@link callFunctionOutput}.
 */
export async function callFunction<Result>(name: FunctionName, args: Given): Promise<Result> {
  const given = { ...args } as Readonly<Record<string, unknown>>;
  const output = Object.entries(given).find(([, value]) => pulumi.Output.isInstance(value) || value instanceof Promise);
  if (output !== undefined) {
    throw new pulumi.RunError(
      `LYC4010: ${output[0]} of ${name} must be a plain value, not an output. Call ${name}Output({${output[0]}: …}) instead, which takes an output.`,
    );
  }
  // The client is loaded on demand, because it is the largest part of the code and most programs call no function.
  const { sharedClient } = require("../provider/hosts/serve") as typeof SharedClient;
  const { bucketOfClient } = require("../provider/hosts/bucket") as typeof SharedBucket;
  const { answerFunction } = require("../provider/reads") as typeof Queries;
  const config = new pulumi.Config("lyceum");
  const client = () => sharedClient((key) => config.get(key));
  const answer = await answerFunction(name, given, client, undefined, () => bucketOfClient(client()));
  if (answer.kind === "result") return answer.result as Result;
  throw new pulumi.RunError(answer.failures.map(({ reason }) => reason).join("\n"));
}

/**
 * Calls a function with arguments that may be outputs. If a preview does not know an argument, the result is unknown
 * too.
 */
export function callFunctionOutput<Result>(name: FunctionName, args: Given): pulumi.Output<Result> {
  const result = pulumi.output(args ?? {}).apply((given) => {
    const answer = callFunction<Result>(name, given);
    const isSecret = secretsOfFunction(name, given as Readonly<Record<string, unknown>>).length > 0;
    return isSecret ? pulumi.secret(answer) : pulumi.output(answer);
  });
  const answer = secretsOfFunction(name).length > 0 ? pulumi.secret(result) : result;
  return answer as pulumi.Output<Result>;
}
