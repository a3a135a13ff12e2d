import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { unknownMarker } from "../../compose";
import { lookUpExecution } from "../lookup";
import { GET_EXECUTION_TOKEN } from "../tokens";
import type { ProcessContext } from "./execution";
import { badRequest } from "./failures";
import { received, sent } from "./wire-values";

/** Answers a function that a program calls (`fn::invoke` in YAML). */
export async function invokeFunction(
  { runtime, signal }: Pick<ProcessContext, "runtime" | "signal">,
  request: messages.InvokeRequest,
): Promise<messages.InvokeResponse> {
  if (request.getTok() !== GET_EXECUTION_TOKEN) {
    throw badRequest(
      `LYC4020: ${request.getTok()} is not a function of the provider lyceum. Use ${GET_EXECUTION_TOKEN}.`,
    );
  }
  const response = new messages.InvokeResponse();
  const { executionId } = received(request.getArgs(), unknownMarker).values;
  if (typeof executionId !== "string" || executionId === "") {
    const failure = new messages.CheckFailure();
    failure.setProperty("executionId");
    failure.setReason("LYC4010: executionId must be the id of a run.");
    response.addFailures(failure);
    return response;
  }
  const found = await lookUpExecution(runtime.context().client, executionId, signal);
  response.setReturn(sent({ ...found }, [], unknownMarker));
  return response;
}
