import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { token } from "../../pulumi/type-tokens";
import { answerFunction } from "../../queries";
import { FUNCTION_NAMES, secretsOfFunction } from "../../schema";
import { checkFailure, type ProcessContext } from "./execution";
import { badRequest } from "./failures";
import { received, sent } from "./wire-values";

/** Answers a function that a program calls (`fn::invoke` in YAML). */
export async function invokeFunction(
  { runtime, signal }: Pick<ProcessContext, "runtime" | "signal">,
  request: messages.InvokeRequest,
): Promise<messages.InvokeResponse> {
  const name = FUNCTION_NAMES.find((each) => token(each) === request.getTok());
  if (name === undefined) {
    const known = FUNCTION_NAMES.map(token).join(", ");
    throw badRequest(`LYC4020: ${request.getTok()} is not a function of the provider lyceum. Use one of ${known}.`);
  }
  const response = new messages.InvokeResponse();
  const given = received(request.getArgs()).values;
  const answer = await answerFunction(name, given, () => runtime.context().client, signal);
  if (answer.kind === "failures") {
    response.setFailuresList(answer.failures.map(checkFailure));
    return response;
  }
  const secretPaths = secretsOfFunction(name).map((output) => [output]);
  response.setReturn(sent(answer.result, secretPaths));
  return response;
}
