import { type ExecutionInputs, type LifecycleContext, parseInputs, secretsIn } from "../execution";
import { createRedactor, type Redactor } from "../secrets";
import type { Session } from "./session";

/** What is known to be secret while a resource is compared, read or deleted, where an error may repeat it. */
export interface KnownSecrets {
  /** Adds what is secret in inputs. */
  add(inputs: ExecutionInputs): void;
  /** Names what is known so far to the client, before it reads or shortens any answer. */
  keepOut(context: Pick<LifecycleContext, "client">): void;
  /** Takes what is known by now out of a text. */
  readonly redact: Redactor;
}

/**
 * Starts with what this process knows of a resource: its recorded inputs, those of a replacement, and the address of its output.
 * The engine hands no inputs to a read or a delete.
 */
export function knownSecrets(
  session: Session,
  { resourceUrn, streamingUrl = "" }: { readonly resourceUrn: string; readonly streamingUrl?: string },
): KnownSecrets {
  // Inputs are noted under the name that the program gives the resource, which may be another one than the recorded one.
  const urn = session.currentUrn(resourceUrn);
  const known = [session.oldInputs(urn), session.plannedCreate(urn)].filter((inputs) => inputs !== undefined);
  const secrets = new Set([streamingUrl, ...known.flatMap((inputs) => secretsIn(parseInputs(inputs)))]);
  secrets.delete("");
  return {
    add(inputs) {
      for (const secret of secretsIn(inputs)) secrets.add(secret);
    },
    keepOut(context) {
      try {
        context.client.keepOut([...secrets]);
      } catch {
        // Without a credential there is no client, and nothing is asked: a step that needs one reports why.
      }
    },
    redact: (text) => createRedactor([...secrets])(text),
  };
}
