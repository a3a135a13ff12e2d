import { relative } from "node:path";
import { type Diagnostic, locate, readCompose } from "../../provider/compose";
import { locateProject } from "../../provider/compose/project";
import {
  costViolations,
  type Policy,
  parsePolicy,
  type Violation,
  violationsOf,
  WHOLE_RULES,
} from "../../provider/policy";
import type { Surface } from "../command";
import { CiError } from "./catalogue";
import type { CiRequest } from "./options";
import type { PlannedExecution } from "./plan";
import { documentOf, imagesIn, PLAINTEXT, plaintextIn } from "./policy-document";
import type { PreviewData } from "./preview-data";

/** The policy of a project that names none. */
const USUAL_FILE = "lyceum-policy.yaml";
const LARGEST_FILE = 1_048_576;

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
  const plaintext =
    policy.noPlaintextSecrets === true ? data.diagnostics.filter(({ code }) => PLAINTEXT.has(code)) : [];
  const own = data.executions
    .filter(({ action }) => action !== "delete" && action !== "adopt")
    .flatMap((execution) => {
      const { name, executionType, timeout, waitFor, inputs } = execution;
      const document = documentOf(inputs);
      const images = document.kind === "known" ? imagesIn(document.model) : undefined;
      const subject = { name, stack: data.stack, executionType, timeout, waitFor, images };
      const secrets = policy.noPlaintextSecrets === true ? plaintextOf(execution, plaintext) : [];
      return [...violationsOf(policy, subject), ...secrets].map((violation) =>
        asDiagnostic(violation, execution, folder, surface),
      );
    });
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

/** Secrets in plaintext that no diagnostic of the preview shows, because the program has switched them off or nothing has changed. */
function plaintextOf({ name, inputs }: PlannedExecution, shown: readonly Diagnostic[]): readonly Violation[] {
  const document = documentOf(inputs);
  if (document.kind === "secret") return [];
  const rule = { code: WHOLE_RULES.noPlaintextSecrets.code, name, remedy: WHOLE_RULES.noPlaintextSecrets.remedy };
  if (document.kind === "unknown") return [{ ...rule, message: "its Compose document is not known at preview" }];
  return plaintextIn(document.text)
    .filter(({ code }) => !shown.some((one) => one.code === code))
    .map(({ message }) => ({ ...rule, message }));
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
