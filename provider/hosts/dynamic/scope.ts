/**
 * A scope is one random secret for each stack. The provider makes start keys and digests with this secret, and Pulumi
 * saves the secret before any run starts. So the provider finds a run again after a crash, and two stacks never adopt
 * each other's runs. The states of all `lyceum:Scope` resources name this module. So the package must always export
 * this module as `pulumi-lyceum/dynamic/scope`.
 */
import { randomBytes } from "node:crypto";
import { reportRunsOfScope, scopeTag } from "../../lifecycle";
import { configureRuntime, runtime, type StackConfiguration } from "./runtime";

type Properties = Record<string, unknown>;

/** Stores the stack's configuration. A destroy needs the configuration when it asks Lyceum for abandoned runs. */
export function configure(request: { readonly config: StackConfiguration }): void {
  configureRuntime(request.config);
}

export async function check(_olds: Properties, news: Properties): Promise<{ inputs: Properties }> {
  return { inputs: news };
}

/** Reports that the resource never changes. If it got a new secret, no recorded start key or digest would match. */
export async function diff(): Promise<{ changes: boolean }> {
  return { changes: false };
}

export async function create({ __resourceUrn: urn }: Properties): Promise<{ id: string; outs: Properties }> {
  // The secret has 192 random bits.
  const secret = randomBytes(24).toString("base64url");
  // The program does not declare this resource. So a text on its row explains what the resource is for.
  if (typeof urn === "string") {
    const { engine } = runtime();
    engine.report.progress(urn, "finds the runs of this stack again; not billed");
    await engine.flush();
  }
  return { id: `scope-${scopeTag(secret)}`, outs: { secret } };
}

export async function read(id: string, props: Properties): Promise<{ id: string; props: Properties }> {
  return { id, props };
}

export async function update(_id: string, olds: Properties): Promise<{ outs: Properties }> {
  return { outs: { secret: olds.secret } };
}

async function deleteScope(_id: string, props: Properties): Promise<void> {
  if (typeof props.secret !== "string") return;
  // The runs belong to no resource of the program, so the warnings about them appear on the row of the stack.
  await reportRunsOfScope(runtime().context(""), props.secret);
  await runtime().engine.flush();
}

export { deleteScope as delete };
