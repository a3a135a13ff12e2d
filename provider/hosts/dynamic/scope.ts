/**
 * States contain the name of this module in each `lyceum:Scope`, so it must always be exported as
 * `pulumi-lyceum/dynamic/scope`. A scope is one random secret per stack, which is saved before any run starts. Start
 * keys and digests are made with this secret. So a run is found again after a crash, and two stacks never adopt each
 * other's runs.
 */
import { randomBytes } from "node:crypto";
import { reportRunsOfScope, scopeTag } from "../../lifecycle";
import { configureRuntime, runtime, type StackConfiguration } from "./runtime";

type Properties = Record<string, unknown>;

/** Stores the stack's configuration. A destroy needs it to read the abandoned runs from the service. */
export function configure(request: { readonly config: StackConfiguration }): void {
  configureRuntime(request.config);
}

export async function check(_olds: Properties, news: Properties): Promise<{ inputs: Properties }> {
  return { inputs: news };
}

/** A scope never changes, because no recorded key or digest would match a new secret. */
export async function diff(): Promise<{ changes: boolean }> {
  return { changes: false };
}

export async function create({ __resourceUrn: urn }: Properties): Promise<{ id: string; outs: Properties }> {
  // 192 random bits.
  const secret = randomBytes(24).toString("base64url");
  // The program does not declare the scope, so the text on its row explains what it is.
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
  await reportRunsOfScope(runtime().context(), props.secret);
  await runtime().engine.flush();
}

export { deleteScope as delete };
