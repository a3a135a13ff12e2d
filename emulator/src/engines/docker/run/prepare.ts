import type { BucketMount } from "../../engine";
import type { Compose } from "../daemon/compose";
import { composeReasons } from "../daemon/reasons";
import type { RunScope } from "../names";
import { type Isolated, isolate } from "../text/isolate";
import { isMapping, type Mapping } from "../text/model";
import { refusals } from "../text/refusals";
import { readComposeText } from "../text/text";
import { mountBucket, type Step } from "./mount-bucket";

const NORMALISE_LIMIT = 30;

/**
 * Makes a model that may be started, from the text of a run. Compose would read files of this machine that the text
 * names. So the emulator validates the text first, and passes only the validated values to Compose. Compose normalizes
 * the values. The emulator validates the result again, and isolates it.
 */
export async function prepareModel(
  text: string,
  scope: RunScope,
  cpus: number,
  compose: Compose,
  redact: (text: string) => string,
  bucket?: BucketMount,
): Promise<Step<Isolated>> {
  const isBucketThere = bucket?.onMachine === true;
  const read = readComposeText(text);
  if (read.kind === "unreadable") return { kind: "failed", reasons: read.reasons };
  const asWritten = [...new Set(read.documents.flatMap((document) => refusals(document, isBucketThere)))];
  if (asWritten.length > 0) return { kind: "failed", reasons: asWritten };

  const args = ["config", "--format", "json"];
  const exit = await compose(args, read.rewritten, { limitSeconds: NORMALISE_LIMIT });
  if (exit.code !== 0) return { kind: "failed", reasons: composeReasons(exit.stderr, exit.code, redact) };
  const model = parseModel(exit.stdout);
  if (model === undefined)
    return { kind: "failed", reasons: ["The compose text is too large when it is written out."] };
  const normalized = refusals(model, isBucketThere);
  if (normalized.length > 0) return { kind: "failed", reasons: normalized };
  const mounted = bucket === undefined ? ({ kind: "done", value: model } as const) : await mountBucket(model, bucket);
  if (mounted.kind === "failed") return mounted;
  return { kind: "done", value: isolate(mounted.value, scope, cpus) };
}

function parseModel(text: string): Mapping | undefined {
  try {
    const model: unknown = JSON.parse(text);
    return isMapping(model) ? model : undefined;
  } catch {
    return undefined;
  }
}
