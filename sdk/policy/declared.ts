import type { PolicySubject } from "../../provider/policy";
import { adoptsRun, isExecutionType, subjectOf } from "../../provider/policy/declared";
import type { ValidatedResource } from "./types";

/** Whether a policy is evaluated on a resource: on an execution that does not adopt a run. */
export function isEvaluated({ type, props }: ValidatedResource): boolean {
  return isExecutionType(type) && !adoptsRun(props);
}

/** An execution as the rules see it. Pulumi gives a pack secrets in plaintext, so an image that only the program knows is never shown. */
export function subjectIn({ name, urn, props }: ValidatedResource): PolicySubject {
  const subject = subjectOf({ name, stack: stackIn(urn) }, props);
  return {
    name,
    stack: subject.stack,
    get executionType() {
      return subject.executionType;
    },
    get timeout() {
      return subject.timeout;
    },
    get waitFor() {
      return subject.waitFor;
    },
    get images() {
      const isHidden = props.composeFile === undefined;
      return subject.images?.map((image) => ({ ...image, isHidden }));
    },
  };
}

/** The stack in a URN. */
function stackIn(urn: string): string {
  return urn.split("::")[0]?.split(":")[2] ?? "";
}
