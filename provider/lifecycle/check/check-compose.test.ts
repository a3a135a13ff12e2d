import { evaluateDiagnostics } from "./check-compose";
import { NO_INPUTS } from "./inputs";

it("reports no value of an env file or a secret variable, in an error or in a warning", () => {
  const diagnostic = (severity: "error" | "warning") => ({
    code: "LYC2202" as const,
    severity,
    message: 'the service "file-canary" is not defined beside "given-canary"',
    remedy: "Did you mean `file-canary`?",
  });
  const found = {
    diagnostics: [diagnostic("error"), diagnostic("warning")],
    lines: () => undefined,
    property: "composeFile",
    names: () => new Set<string>(),
    secrets: ["file-canary", "given-canary"],
  };
  const reported = JSON.stringify(evaluateDiagnostics(found, NO_INPUTS));
  expect(reported).toContain("[redacted]");
  expect(reported).not.toContain("canary");
  expect(
    JSON.stringify(evaluateDiagnostics({ ...found, names: () => new Set<string>(), secrets: [] }, NO_INPUTS)),
  ).toContain("canary");
});
