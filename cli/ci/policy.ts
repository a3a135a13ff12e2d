import { relative } from "node:path";
import { type Diagnostic, locate, readCompose } from "../../provider/compose";
import { locateProject } from "../../provider/compose/project";
import {
  costViolations,
  type Policy,
  type PolicyImage,
  parsePolicy,
  type Violation,
  violationsOf,
  WHOLE_RULES,
} from "../../provider/policy";
import type { Surface } from "../command";
import { CiError } from "./catalogue";
import type { CiRequest } from "./options";
import type { PlannedExecution } from "./plan";
import type { PreviewData } from "./preview-data";

/** The policy of a project that names none. */
const USUAL_FILE = "lyceum-policy.yaml";
const LARGEST_FILE = 1_048_576;
/** Diagnostics of secrets that are written out. */
const PLAINTEXT: ReadonlySet<string> = new Set(["LYC2601", "LYC2602"]);

type Files = Pick<Surface, "read" | "stat" | "files" | "folder">;

/** Reads the policy that holds; `undefined` where there is none. One that was named has to be there. */
export function readPolicy(request: Pick<CiRequest, "policy" | "folder">, surface: Files): Policy | undefined {
  const usual = `${request.folder}/${USUAL_FILE}`;
  if (request.policy === undefined && surface.stat(usual) === "missing") return undefined;
  const path = request.policy ?? usual;
  const name = relative(surface.folder, path);
  const read = surface.read(path, LARGEST_FILE);
  if (read.kind === "error") throw new CiError("LYC5100", `The policy ${name} ${read.reason}.`);
  const parsed = parsePolicy(Buffer.from(read.bytes).toString("utf8"), name);
  if (parsed.kind === "policy") return parsed.policy;
  throw new CiError("LYC5100", `The policy is not valid: ${parsed.errors.join("; ")}.`);
}

/** A preview with what the policy does not allow of it, which makes it fail. Executions that are deleted run nothing. */
export function underPolicy(
  data: PreviewData,
  policy: Policy | undefined,
  folder: string,
  surface: Files,
): PreviewData {
  if (policy === undefined || !data.succeeded) return data;
  const own = data.executions
    .filter(({ action }) => action !== "delete" && action !== "adopt")
    .flatMap((execution) => {
      const { name, executionType, timeout, waitFor, inputs } = execution;
      const subject = { name, stack: data.stack, executionType, timeout, waitFor, images: imagesOf(inputs) };
      return violationsOf(policy, subject).map((violation) => asDiagnostic(violation, execution, folder, surface));
    });
  const plaintext =
    policy.noPlaintextSecrets === true ? data.diagnostics.filter(({ code }) => PLAINTEXT.has(code)) : [];
  const { code, remedy } = WHOLE_RULES.noPlaintextSecrets;
  const violations: readonly Diagnostic[] = [
    ...own,
    ...plaintext.map((one) => ({ ...one, code, remedy, severity: "error" as const })),
    ...costViolations(policy, data.cost).map(({ name: _all, path: _none, ...one }) => ({
      ...one,
      severity: "error" as const,
    })),
  ];
  return { ...data, succeeded: violations.length === 0, violations };
}

/** The images of an execution; undefined where its document is secret or not known yet. */
function imagesOf({ compose, composeFileCode }: PlannedExecution["inputs"]): readonly PolicyImage[] | undefined {
  const model = compose ?? modelIn(composeFileCode);
  const services = isMap(model) ? model.services : undefined;
  if (!isMap(services)) return undefined;
  return Object.entries(services).flatMap(([service, definition]) => {
    const image = isMap(definition) ? definition.image : undefined;
    return image === undefined ? [] : [{ service, image: typeof image === "string" ? image : "[secret]" }];
  });
}

function modelIn(text: unknown): unknown {
  const read = typeof text === "string" ? readCompose(text) : undefined;
  return read?.kind === "document" ? read.model : undefined;
}

function asDiagnostic(
  { code, name, message, remedy, path }: Violation,
  { inputs }: PlannedExecution,
  folder: string,
  { files }: Files,
): Diagnostic {
  const head = { code, severity: "error" as const, message: `${name}: ${message}`, remedy };
  const { composeFile } = inputs;
  const paths = [composeFile].flat().filter((one): one is string => typeof one === "string");
  if (path === undefined || paths.length === 0) return head;
  const project = locateProject({ paths, from: folder }, files);
  // What stands in a later file is what holds.
  for (const file of [...(project?.files ?? [])].reverse()) {
    const content = files.read(file, LARGEST_FILE);
    const read = content.kind === "bytes" ? readCompose(content.bytes) : undefined;
    const found = read?.kind === "document" ? locate(read.root, path) : undefined;
    if (read?.kind === "document" && found !== undefined) {
      return { ...head, file: relative(folder, file), range: read.lines.range(found.node.span) };
    }
  }
  return head;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
