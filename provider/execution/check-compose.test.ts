import { verdictOn } from "./check-compose";
import { NO_INPUTS } from "./resource-inputs";

it("tells no value of an env file or a secret variable, in a fault or in a warning", () => {
  const fault = (severity: "error" | "warning") => ({
    code: "LYC2202" as const,
    severity,
    message: 'the service "file-canary" is not defined beside "given-canary"',
    remedy: "Did you mean `file-canary`?",
  });
  const found = {
    diagnostics: [fault("error"), fault("warning")],
    lines: () => undefined,
    property: "composeFile",
    secrets: ["file-canary", "given-canary"],
  };
  const told = JSON.stringify(verdictOn(found, NO_INPUTS));
  expect(told).toContain("[redacted]");
  expect(told).not.toContain("canary");
  expect(JSON.stringify(verdictOn({ ...found, secrets: [] }, NO_INPUTS))).toContain("canary");
});
