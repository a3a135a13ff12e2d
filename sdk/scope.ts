import * as pulumi from "@pulumi/pulumi";
import { SCOPE_PROVIDER } from "../provider/hosts/dynamic/provider-code";
import { SCOPE_TYPE } from "../provider/schema/type-tokens";

/**
 * The scope of a stack: a random secret that Pulumi saves before any run starts. Start keys and digests depend on this
 * secret. All executions and stored files of a stack share the scope. The first of them creates the scope, and
 * `pulumi destroy` deletes it.
 */
export class Scope extends pulumi.CustomResource {
  /** The stack's random secret, with which the provider makes start keys and digests. */
  readonly secret!: pulumi.Output<string>;

  constructor(name: string, opts: pulumi.CustomResourceOptions = {}) {
    super(
      SCOPE_TYPE,
      name,
      // The provider needs the URN for messages, but a dynamic provider does not receive it.
      { __provider: SCOPE_PROVIDER, secret: undefined, __resourceUrn: pulumi.createUrn(name, SCOPE_TYPE) },
      { ...opts, additionalSecretOutputs: ["secret"] },
    );
  }
}

const SHARED = Symbol.for("pulumi-lyceum.scopes");

/**
 * The scopes of all stacks in this process. A scope is the resource with the random secret of a stack. All loaded
 * copies of the package share the scopes, because two scopes of one stack would have the same name. A process may run
 * several inline programs (Automation API), one after another or at once. Each program has its own stack resource.
 */
interface SharedScopes {
  readonly byStack: WeakMap<object, Scope>;
  /** The scopes of programs without a stack resource, such as unit tests with mocks. */
  readonly byName: Map<string, Scope>;
}

function sharedScopes(): SharedScopes {
  const holder = globalThis as typeof globalThis & { [SHARED]?: SharedScopes };
  holder[SHARED] ??= { byStack: new WeakMap(), byName: new Map() };
  return holder[SHARED];
}

/** Returns the scope of the current stack. The first call creates the scope. */
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
