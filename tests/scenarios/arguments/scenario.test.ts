import { testScenario } from "../../harness/register";

/**
 * The engine stops at the first resource with an error in its arguments, so there is a separate program for each
 * resource.
 */
const expected: Readonly<Record<string, readonly string[]>> = {
  "everything-wrong": [
    "executionType",
    "timeout",
    "gracefulTimeout",
    "fileName",
    "enableS3Mount",
    "userCallbackUrls[0]",
    "registryCredentials.password",
    "triggers",
    "waitFor",
    "adoptEndedWithin",
    "onDelete",
    "failureOutput",
    "clocks.queue",
    "clocks.patience",
    "composeFile or composeFileCode is missing",
  ],
  "faulty-file": ["property composeFile", "compose.yaml:4:3", "compose.yaml:6:10"],
  "missing-file": ["property composeFile", "does not exist"],
  "output-in-strings": ["composeFileCode", "variables.MODEL", "triggers[0].code", "fileName", "pulumi.interpolate"],
  "wrong-source": ["LYC4010: composeFileCode must be the text", 'composeFile: "compose.yaml"'],
  "text-as-path": ["LYC4010: composeFile must be a path"],
  "keys-of-compose": ["images: { SERVICE", "variables: { NAME", "in the Compose file", 'executionType: "gpu.a100"'],
  "no-arguments": ["LYC4010: no-arguments: the second argument of ComposeExecution must be an object"],
  "wrong-id": ["LYC4010: existingExecutionId must be the id of a run"],
  "two-sources": ["property composeFile", "both given"],
};

testScenario(
  "every error of the arguments is reported at once at preview, and nothing is sent",
  { folder: __dirname },
  async (scenario) => {
    for (const [name, message] of Object.entries(expected)) {
      scenario.work.write("settings.json", JSON.stringify({ name }));
      const preview = await scenario.preview(`a preview of ${name}`, { fails: true });
      expect(preview.requests).toEqual([]);
      for (const word of message) expect(preview.output).toContain(word);
    }
    const up = await scenario.up("up is refused, too", { fails: true });
    expect(up.requests).toEqual([]);
    await scenario.destroy();
  },
);
