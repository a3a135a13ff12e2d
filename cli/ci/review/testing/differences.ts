import type { EngineEvent } from "../../stack/automation";
import { observedOf } from "../../testing/events";
import { beyond } from "../beyond";
import { reviewOf } from "../review-of";

/** A type of another package. */
export const DATABASE = "acme:index:Database";

/** The inputs of an execution. */
export const RUN_INPUTS = { composeFileCode: "services: {web: {image: 'web:1'}}", timeout: 300 };

/** Returns the review of these events. */
export const review = (...events: readonly EngineEvent[]) =>
  reviewOf({ project: "training", stack: "prod" }, observedOf(events), "salt");

/** Returns the differences between the reviewed and the planned events, as texts. */
export const found = (reviewed: readonly EngineEvent[], planned: readonly EngineEvent[]) =>
  beyond(review(...reviewed), review(...planned)).map(({ name, what, reviewed: one, planned: other }) =>
    [name, what, one, other].join("|"),
  );
