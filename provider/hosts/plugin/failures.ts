import * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import * as statuses from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type ExecutionOutputs, InitFailure, type ResourceInputs, resourceError } from "../../lifecycle";
import { answerOf } from "./translation";

/** An error in the form of gRPC. */
export class Failure extends Error {
  constructor(
    readonly code: grpc.status,
    readonly details: string,
    readonly metadata: grpc.Metadata = new grpc.Metadata(),
  ) {
    super(details);
    this.name = "Failure";
  }
}

/**
 * Converts an error to the engine's form. If a run missed its desired state, the error contains the run's id and
 * outputs, and the engine records them.
 */
export function failureOf(error: unknown, inputs?: ResourceInputs): Failure {
  if (error instanceof InitFailure) return initFailure(error as InitFailure<ExecutionOutputs>, inputs);
  if (error instanceof Failure) return error;
  const { message, trace } = resourceError(error);
  return new Failure(grpc.status.UNKNOWN, process.env.LYCEUM_DEBUG ? trace : message);
}

/** Makes the error for a request that is not valid, or that this plugin does not support. */
export function badRequest(reason: string): Failure {
  return new Failure(grpc.status.INVALID_ARGUMENT, reason);
}

function initFailure({ id, outputs, reasons }: InitFailure<ExecutionOutputs>, inputs?: ResourceInputs): Failure {
  return partialFailure(id, answerOf(outputs, inputs), reasons);
}

/**
 * Makes the error of a resource that exists but is not in its desired state. The error contains the id and the
 * properties, because the engine records them.
 */
export function partialFailure(id: string, properties: Struct, reasons: readonly [string, ...string[]]): Failure {
  const detail = new messages.ErrorResourceInitFailed();
  detail.setId(id);
  detail.setProperties(properties);
  detail.setReasonsList([...reasons]);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statuses.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(reasons[0]);
  status.addDetails(any);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return new Failure(grpc.status.UNKNOWN, reasons[0], metadata);
}
