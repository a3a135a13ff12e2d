import { abortsIn, startsIn } from "../../harness/counts";
import { tell } from "../../harness/register";
import { type Story, urnOf } from "../../harness/scenario";
import type { StepResult } from "../../harness/step";

/** What the program declares; `{}` declares no run. */
interface Settings {
  readonly args?: object;
  readonly options?: object;
  readonly inComponent?: boolean;
}

const inFile = { composeFile: "compose.yaml" };

function declare(story: Story, settings: Settings): void {
  story.work.write("settings.json", JSON.stringify(settings));
}

/** The image in the text of every run, oldest first: which text a run was started with. */
async function images(story: Story): Promise<(string | undefined)[]> {
  return (await story.runs()).map(({ composeFileCode }) => /image: (\S+)/.exec(composeFileCode)?.[1]);
}

/** Aborts and starts. */
const did = ({ requests }: StepResult): [number, number] => [abortsIn(requests), startsIn(requests)];

const editImage = (story: Story, image: string) =>
  story.edit("compose.yaml", (text) => text.replace(/image: \S+/, `image: ${image}`));

tell(
  "ignoreChanges: what composeFile names is held, whatever its files say, until something else calls for a run",
  { folder: __dirname, variant: "ignored", engines: ["simulated"] },
  async (story) => {
    const ignoring = { ignoreChanges: ["composeFile"] };
    declare(story, { args: inFile, options: ignoring });
    await story.up("a run");
    editImage(story, "busybox:second");
    await story.preview("a preview of an edited file shows nothing", {}, "--expect-no-changes");
    await story.up("and up starts nothing", {}, "--expect-no-changes");
    expect(did(await story.refresh("nor does a refresh"))).toEqual([0, 0]);

    declare(story, { args: { ...inFile, triggers: [1] }, options: ignoring });
    expect(did(await story.up("a trigger calls for a run: it is given what the file holds now"))).toEqual([1, 1]);
    editImage(story, "busybox:third");
    expect(did(await story.up("so is one that --replace calls for", {}, "--replace", urnOf("worker")))).toEqual([1, 1]);
    expect(await images(story)).toEqual(["busybox:stable", "busybox:second", "busybox:third"]);

    editImage(story, "busybox:fourth");
    declare(story, { args: { ...inFile, triggers: [2], timeout: 200 }, options: { ignoreChanges: ["*"] } });
    await story.up("all changes can be ignored", {}, "--expect-no-changes");
    declare(story, { args: { ...inFile, triggers: [1] }, options: { ignoreChanges: ["compose"] } });
    await story.up("or the project, as a preview calls it", {}, "--expect-no-changes");
    declare(story, { args: { ...inFile, triggers: [1] } });
    expect(did(await story.up("without the option the file counts again"))).toEqual([1, 1]);
    await story.destroy();
  },
);

tell(
  "ignoreChanges: a secret that is held stays one, though the program gives a plain text now",
  { folder: __dirname, variant: "held-secret", engines: ["simulated"] },
  async (story) => {
    const token = "variable-canary/7f+&=%<q>";
    story.plant("token", token);
    await story.pulumi.setSecret("token", token);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
    story.edit("compose.yaml", (text) => text.replace("image:", "environment: { GIVEN: '${GIVEN}' }\n    image:"));
    declare(story, { args: { ...inFile, variables: { GIVEN: "config:token" } } });
    await story.up("a run that is given a secret");
    const plain = { ...inFile, variables: { GIVEN: "nothing" } };
    declare(story, { args: plain, options: { ignoreChanges: ["variables"] } });
    await story.up("the variable is a plain text now, and ignored", {}, "--expect-no-changes");
    editImage(story, "busybox:second");
    await story.preview("a preview of another change shows no secret");
    await story.up("and the state holds none");
    await story.destroy();
  },
);

tell(
  "ignoreChanges of a part of a project is refused",
  { folder: __dirname, variant: "part", engines: ["simulated"] },
  async (story) => {
    declare(story, { args: inFile, options: { ignoreChanges: ["compose.services.worker.image"] } });
    const refused = await story.up("a part of the project", { fails: true });
    expect(refused.said).toContain("LYC4003");
    expect(refused.requests).toEqual([]);
  },
);

tell(
  "replaceOnChanges: a setting that it names starts a new run",
  { folder: __dirname, variant: "replacing", engines: ["simulated"] },
  async (story) => {
    const replacing = { replaceOnChanges: ["timeout", "registryCredentials.password"] };
    const [password, another] = ["pw-canary/7f+&=%<q>", "pw-canary/another-8e+&"];
    story.plant("password", password);
    story.plant("another password", another);
    const credentials = { type: "basic", username: "somebody", password };
    declare(story, { args: { ...inFile, registryCredentials: credentials }, options: replacing });
    await story.up("a run");
    await story.up("nothing changed", {}, "--expect-no-changes");
    declare(story, { args: { ...inFile, registryCredentials: credentials, gracefulTimeout: 20 }, options: replacing });
    expect(did(await story.up("a setting that is not named holds from the next run on"))).toEqual([0, 0]);
    const longer = { ...inFile, registryCredentials: credentials, gracefulTimeout: 20, timeout: 400 };
    declare(story, { args: longer, options: replacing });
    await story.preview("a preview says why");
    expect(did(await story.up("one that is named does from now on"))).toEqual([1, 1]);
    const others = { ...longer, registryCredentials: { ...credentials, password: another } };
    declare(story, { args: others, options: replacing });
    expect(did(await story.up("so do credentials, by a path into them"))).toEqual([1, 1]);
    declare(story, {
      args: { ...others, waitFor: "completed", clocks: { total: 2 } },
      options: { replaceOnChanges: ["*"] },
    });
    expect(did(await story.up("a wait that runs out", { fails: true }))).toEqual([1, 1]);
    expect(did(await story.up("is resumed, since nothing has changed", { fails: true }))).toEqual([0, 0]);
    await story.destroy();
  },
);

tell(
  "protect, parent, aliases, retainOnDelete and another name for the stack mean what they mean elsewhere",
  { folder: __dirname, variant: "engine", engines: ["simulated"] },
  async (story) => {
    declare(story, { args: inFile, options: { protect: true } });
    await story.up("a protected run");
    expect(did(await story.destroy("is not destroyed", { fails: true }))).toEqual([0, 0]);
    editImage(story, "busybox:second");
    expect(did(await story.up("nor replaced", { fails: true }))).toEqual([0, 0]);
    editImage(story, "busybox:stable");

    declare(story, { args: inFile, inComponent: true });
    expect(did(await story.up("moved into a component, by an alias, it goes on"))).toEqual([0, 0]);
    await story.up("and is known there", {}, "--expect-no-changes");
    const prod = ["--stack", "prod"];
    await story.step("the stack is given another name", ["stack", "rename", "prod"]);
    await story.up("and the run goes on", {}, "--expect-no-changes", ...prod);
    declare(story, { args: { ...inFile, triggers: [1] }, inComponent: true });
    expect(did(await story.up("it is replaced there as anywhere", {}, ...prod))).toEqual([1, 1]);

    declare(story, { args: { ...inFile, triggers: [1] }, inComponent: true, options: { retainOnDelete: true } });
    await story.up("retainOnDelete", {}, ...prod);
    declare(story, {});
    expect(did(await story.up("leaves the run going when it is taken out", {}, ...prod))).toEqual([0, 0]);
    expect((await story.runs()).map(({ status }) => status)).toEqual(["aborted", "running"]);
    await story.destroy("destroy", {}, ...prod);
    await story.step("the stack is given its name back", ["stack", "rename", "dev", ...prod]);
  },
);
