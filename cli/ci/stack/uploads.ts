import { uploadSize } from "../../../provider/files/resource";
import { uploadOfMounts } from "../../../provider/reads/recorded-uploads";
import { nameOf, parseRecorded } from "../../../provider/schema";
import { isUnclear } from "../../../provider/schema/run-id";
import { isExecutionType, isFilesType } from "../../../provider/schema/type-tokens";
import type { ObservedCommand, ObservedStep } from "./events";

/** What a resource with stored files, or with mounts of local files, would send to the bucket. */
export interface PlannedUpload {
  readonly name: string;
  readonly urn: string;
  /** The number of files. Undefined if the files are not known at preview. */
  readonly files: number | undefined;
  readonly bytes: number | undefined;
}

/** The steps that send files. Only one step of a replacement is in this table, so that its files count once. */
const SENDING: Readonly<Record<string, "all" | "differing">> = {
  create: "all",
  "create-replacement": "all",
  update: "differing",
};

/** Returns the number and size of the files that each resource would send, in the order of the resources' names. */
export function plannedUploads({ steps }: Pick<ObservedCommand, "steps">): readonly PlannedUpload[] {
  return steps
    .flatMap(uploadOf)
    .filter(({ files }) => files !== 0)
    .sort((one, other) => (`${one.name} ${one.urn}` < `${other.name} ${other.urn}` ? -1 : 1));
}

function uploadOf({ op, type, urn, inputs, oldInputs, oldOutputs }: ObservedStep): readonly PlannedUpload[] {
  const sends = SENDING[op];
  if (isExecutionType(type) && sends !== undefined) {
    // After a start without a clear answer, an update may start the run and upload its files. Any other update starts
    // no run.
    if (op === "update" && !isUnclear(parseRecorded(oldOutputs))) return [];
    const size = uploadOfMounts(inputs, op === "create" ? {} : oldInputs);
    return [{ name: nameOf(urn), urn, files: size?.files, bytes: size?.bytes }];
  }
  if (!isFilesType(type) || sends === undefined) return [];
  const size = uploadSize(inputs, sends === "all" ? {} : oldOutputs);
  return [{ name: nameOf(urn), urn, files: size?.files, bytes: size?.bytes }];
}
