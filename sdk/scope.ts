import * as pulumi from "@pulumi/pulumi";
import { SCOPE_PROVIDER } from "../provider/hosts/dynamic/provider-code";
import { SCOPE_TYPE } from "../provider/schema/type-tokens";

/**
 * The stack's scope: a random secret, saved before anything starts, with which start keys and digests are made. The
 * first execution makes it, all share it, and `pulumi destroy` deletes it.
 */
export class Scope extends pulumi.CustomResource {
  /** The secret itself. */
  readonly secret!: pulumi.Output<string>;

  constructor(name: string, opts: pulumi.CustomResourceOptions = {}) {
    super(
      SCOPE_TYPE,
      name,
      // The provider receives no URN, but needs it to report to the row.
      { __provider: SCOPE_PROVIDER, secret: undefined, __resourceUrn: pulumi.createUrn(name, SCOPE_TYPE) },
      { ...opts, additionalSecretOutputs: ["secret"] },
    );
  }
}

const SHARED = Symbol.for("pulumi-lyceum.scopes");

/**
 * Scopes by program run, shared by all loaded copies of the package: two scopes of one stack would be two resources of
 * one name. The runs of an inline program follow one another in a process, each with a stack resource of its own.
 */
interface SharedScopes {
  readonly byStack: WeakMap<object, Scope>;
  /** For programs without a stack resource, such as unit tests with mocks. */
  readonly byName: Map<string, Scope>;
}

function sharedScopes(): SharedScopes {
  const holder = globalThis as typeof globalThis & { [SHARED]?: SharedScopes };
  holder[SHARED] ??= { byStack: new WeakMap(), byName: new Map() };
  return holder[SHARED];
}

/** The scope of the stack whose program is running; made on first use. */
export function currentScope(): Scope {
  const { byStack, byName } = sharedScopes();
  const stack = pulumi.runtime.getStackResource();
  const name = `${pulumi.getProject()}/${pulumi.getStack()}`;
  const existing = stack === undefined ? byName.get(name) : byStack.get(stack);
  if (existing !== undefined) return existing;
  const made = new Scope("lyceum-scope");
  if (stack === undefined) byName.set(name, made);
  else byStack.set(stack, made);
  return made;
}
