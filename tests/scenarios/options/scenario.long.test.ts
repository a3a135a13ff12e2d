import { abortsIn, startsIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import type { StepResult } from "../../harness/step";
import { urnOf } from "../../harness/urn";

/** The arguments that the program declares. With `{}`, it declares no run. */
interface Settings {
  readonly args?: object;
  readonly options?: object;
  readonly inComponent?: boolean;
}

const inFile = { composeFile: "compose.yaml" };

function declare(scenario: Scenario, settings: Settings): void {
  scenario.work.write("settings.json", JSON.stringify(settings));
}

/** The image in the text of every run, oldest first. It shows with which text the run was started. */
async function images(scenario: Scenario): Promise<(string | undefined)[]> {
  return (await scenario.runs()).map(({ composeFileCode }) => /image: (\S+)/.exec(composeFileCode)?.[1]);
}

/** The number of aborts and starts. */
const did = ({ requests }: StepResult): [number, number] => [abortsIn(requests), startsIn(requests)];

const editImage = (scenario: Scenario, image: string) =>
  scenario.edit("compose.yaml", (text) => text.replace(/image: \S+/, `image: ${image}`));

testScenario(
  "ignoreChanges: the recorded project of composeFile is kept, whatever its files contain, until another change starts a run",
  { folder: __dirname, variant: "ignored" },
  async (scenario) => {
    const ignoring = { ignoreChanges: ["composeFile"] };
    declare(scenario, { args: inFile, options: ignoring });
    await scenario.up("a run");
    editImage(scenario, "busybox:second");
    await scenario.preview("a preview of an edited file shows nothing", {}, "--expect-no-changes");
    await scenario.up("an up starts nothing", {}, "--expect-no-changes");
    expect(did(await scenario.refresh("a refresh starts nothing"))).toEqual([0, 0]);

    declare(scenario, { args: { ...inFile, triggers: [1] }, options: ignoring });
    expect(did(await scenario.up("a trigger starts a run, with the current content of the file"))).toEqual([1, 1]);
    editImage(scenario, "busybox:third");
    expect(
      did(
        await scenario.up(
          "--replace starts a run, with the current content of the file",
          {},
          "--replace",
          urnOf("worker"),
        ),
      ),
    ).toEqual([1, 1]);
    expect(await images(scenario)).toEqual(["busybox:stable", "busybox:second", "busybox:third"]);

    editImage(scenario, "busybox:fourth");
    declare(scenario, { args: { ...inFile, triggers: [2], timeout: 200 }, options: { ignoreChanges: ["*"] } });
    await scenario.up("all changes can be ignored", {}, "--expect-no-changes");
    declare(scenario, { args: { ...inFile, triggers: [1] }, options: { ignoreChanges: ["compose"] } });
    await scenario.up("the project can be ignored by the name that a preview shows", {}, "--expect-no-changes");
    declare(scenario, { args: { ...inFile, triggers: [1] } });
    expect(did(await scenario.up("without the option the file counts again"))).toEqual([1, 1]);
    await scenario.destroy();
  },
);

testScenario(
  "ignoreChanges: a secret that is kept stays secret, although the program now passes a plain text",
  { folder: __dirname, variant: "held-secret" },
  async (scenario) => {
    const token = "variable-canary/7f+&=%<q>";
    scenario.plant("token", token);
    await scenario.pulumi.setSecret("token", token);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
    scenario.edit("compose.yaml", (text) => text.replace("image:", "environment: { GIVEN: '${GIVEN}' }\n    image:"));
    declare(scenario, { args: { ...inFile, variables: { GIVEN: "config:token" } } });
    await scenario.up("a run that is given a secret");
    const plain = { ...inFile, variables: { GIVEN: "nothing" } };
    declare(scenario, { args: plain, options: { ignoreChanges: ["variables"] } });
    await scenario.up("the variable is a plain text now, and ignored", {}, "--expect-no-changes");
    editImage(scenario, "busybox:second");
    await scenario.preview("a preview of another change shows no secret");
    await scenario.up("the state contains no secret in plain text");
    await scenario.destroy();
  },
);

testScenario(
  "ignoreChanges of a part of a project is refused",
  { folder: __dirname, variant: "part", hosts: ONE_HOST },
  async (scenario) => {
    declare(scenario, { args: inFile, options: { ignoreChanges: ["compose.services.worker.image"] } });
    const refused = await scenario.up("a part of the project", { fails: true });
    expect(refused.output).toContain("LYC4003");
    expect(refused.requests).toEqual([]);
  },
);

testScenario(
  "replaceOnChanges: a setting that it names starts a new run",
  { folder: __dirname, variant: "replacing", hosts: ONE_HOST },
  async (scenario) => {
    const replacing = { replaceOnChanges: ["timeout", "registryCredentials.password"] };
    const [password, another] = ["pw-canary/7f+&=%<q>", "pw-canary/another-8e+&"];
    scenario.plant("password", password);
    scenario.plant("another password", another);
    const credentials = { type: "basic", username: "somebody", password };
    declare(scenario, { args: { ...inFile, registryCredentials: credentials }, options: replacing });
    await scenario.up("a run");
    await scenario.up("nothing changed", {}, "--expect-no-changes");
    declare(scenario, {
      args: { ...inFile, registryCredentials: credentials, gracefulTimeout: 20 },
      options: replacing,
    });
    expect(did(await scenario.up("a setting that is not named applies from the next run on"))).toEqual([0, 0]);
    const longer = { ...inFile, registryCredentials: credentials, gracefulTimeout: 20, timeout: 400 };
    declare(scenario, { args: longer, options: replacing });
    await scenario.preview("a preview says why");
    expect(did(await scenario.up("a setting that is named starts a new run"))).toEqual([1, 1]);
    const others = { ...longer, registryCredentials: { ...credentials, password: another } };
    declare(scenario, { args: others, options: replacing });
    expect(did(await scenario.up("credentials that are named by a path start a new run"))).toEqual([1, 1]);
    declare(scenario, {
      args: { ...others, waitFor: "completed", clocks: { run: 2 } },
      options: { replaceOnChanges: ["*"] },
    });
    expect(did(await scenario.up("a wait that runs out", { fails: true }))).toEqual([1, 1]);
    expect(did(await scenario.up("the wait is resumed, because nothing has changed", { fails: true }))).toEqual([0, 0]);
    await scenario.destroy();
  },
);

testScenario(
  "rerunOnChanges: a setting that it names starts a new run, in every language",
  { folder: __dirname, variant: "rerun" },
  async (scenario) => {
    const given = { ...inFile, rerunOnChanges: ["timeout"] };
    declare(scenario, { args: given });
    await scenario.up("a run");
    declare(scenario, { args: { ...given, gracefulTimeout: 20 } });
    expect(did(await scenario.up("a setting that is not named applies from the next run on"))).toEqual([0, 0]);
    declare(scenario, { args: { ...given, gracefulTimeout: 20, timeout: 400 } });
    expect(did(await scenario.up("a setting that is named starts a new run"))).toEqual([1, 1]);
    declare(scenario, { args: { ...given, rerunOnChanges: ["*"], gracefulTimeout: 20, timeout: 400 } });
    await scenario.up("a change of the list itself starts nothing", {}, "--expect-no-changes");
    await scenario.destroy();
  },
);

testScenario(
  "protect, parent, aliases, retainOnDelete and a renamed stack have the same effect as on other resources",
  { folder: __dirname, variant: "engine" },
  async (scenario) => {
    declare(scenario, { args: inFile, options: { protect: true } });
    await scenario.up("a protected run");
    expect(did(await scenario.destroy("a protected run is not destroyed", { fails: true }))).toEqual([0, 0]);
    editImage(scenario, "busybox:second");
    expect(did(await scenario.up("a protected run is not replaced", { fails: true }))).toEqual([0, 0]);
    editImage(scenario, "busybox:stable");

    declare(scenario, { args: inFile, inComponent: true });
    expect(did(await scenario.up("moved into a component, by an alias, it goes on"))).toEqual([0, 0]);
    await scenario.up("the moved run is known in the other stack", {}, "--expect-no-changes");
    const prod = ["--stack", "prod"];
    await scenario.step("the stack is given another name", ["stack", "rename", "prod"]);
    await scenario.up("the run continues", {}, "--expect-no-changes", ...prod);
    declare(scenario, { args: { ...inFile, triggers: [1] }, inComponent: true });
    expect(did(await scenario.up("the run can be replaced in the other stack", {}, ...prod))).toEqual([1, 1]);

    declare(scenario, { args: { ...inFile, triggers: [1] }, inComponent: true, options: { retainOnDelete: true } });
    await scenario.up("retainOnDelete", {}, ...prod);
    declare(scenario, {});
    expect(did(await scenario.up("leaves the run going when it is taken out", {}, ...prod))).toEqual([0, 0]);
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "running"]);
    await scenario.destroy("destroy", {}, ...prod);
    await scenario.step("the stack is given its name back", ["stack", "rename", "dev", ...prod]);
  },
);
