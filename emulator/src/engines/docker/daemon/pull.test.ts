import { type PullEffects, pullImages } from "./pull";

const credentials = { type: "basic" as const, username: "me", password: "secret" };
const model = { services: { own: { image: "ghcr.io/me/own" }, open: { image: "busybox" } } };
const failure = { code: 1, stdout: "", stderr: "Error response from daemon: denied for secret" };
const success = { code: 0, stdout: "", stderr: "" };

/** @param open images that can be pulled without a credential @param present images that the machine already has */
function setUp(open: readonly string[], present: readonly string[] = [], answers = [success, success]) {
  const here = new Set(present);
  const reported: string[] = [];
  const effects: PullEffects = {
    compose: async (args, input) => {
      const { services } = JSON.parse(input) as { services: Record<string, { image: string }> };
      const images = Object.values(services).map(({ image }) => image);
      reported.push(`${args.join(" ")}: ${images.join(" ")}`);
      for (const image of images) if (open.includes(image)) here.add(image);
      return answers.shift() ?? success;
    },
    hasImage: async (image) => here.has(image),
    writeConfig: async (text) => {
      reported.push(`write ${Object.keys((JSON.parse(text) as { auths: object }).auths).join(" ")}`);
    },
    removeConfig: async () => {
      reported.push("remove");
    },
    redact: (text) => text.replaceAll("secret", "[redacted]"),
  };
  return { effects, reported };
}

test("nothing is fetched for existing images", async () => {
  const { effects, reported } = setUp([], ["ghcr.io/me/own", "busybox"]);
  expect(await pullImages(model, credentials, effects)).toEqual([]);
  expect(reported).toEqual([]);
});

test("without a credential all missing images are fetched at once", async () => {
  const { effects, reported } = setUp(["busybox"], ["ghcr.io/me/own"]);
  expect(await pullImages(model, undefined, effects)).toEqual([]);
  expect(reported).toEqual(["pull --quiet: busybox"]);
});

test("a credential is sent only to a registry that asks for it, and is removed afterwards", async () => {
  const { effects, reported } = setUp(["busybox"]);
  expect(await pullImages(model, credentials, effects)).toEqual([]);
  expect(reported).toEqual([
    "pull --quiet --ignore-pull-failures: ghcr.io/me/own busybox",
    "write ghcr.io",
    "pull --quiet: ghcr.io/me/own",
    "remove",
  ]);
});

test("a credential that no registry asks for is never written", async () => {
  const { effects, reported } = setUp(["busybox", "ghcr.io/me/own"]);
  expect(await pullImages(model, credentials, effects)).toEqual([]);
  expect(reported).toEqual(["pull --quiet --ignore-pull-failures: ghcr.io/me/own busybox"]);
});

test("an image that is always pulled gets the credential only if its pull without the credential fails", async () => {
  const services = {
    own: { image: "ghcr.io/me/own" },
    open: { image: "busybox", pull_policy: "always" },
    closed: { image: "quay.io/me/closed", pull_policy: "always" },
  };
  const present = ["ghcr.io/me/own", "busybox", "quay.io/me/closed"];
  const { effects, reported } = setUp([], present, [success, failure, success]);
  expect(await pullImages({ services }, credentials, effects)).toEqual([]);
  expect(reported).toEqual([
    "pull --quiet: busybox",
    "pull --quiet: quay.io/me/closed",
    "write quay.io",
    "pull --quiet: quay.io/me/closed",
    "remove",
  ]);
});

test("a failure has its reason without the credential, and the credential is removed in this case, too", async () => {
  const { effects, reported } = setUp(["busybox"], [], [success, failure]);
  expect(await pullImages(model, credentials, effects)).toEqual(["Error response from daemon: denied for [redacted]"]);
  expect(reported.at(-1)).toBe("remove");
  const thrown = setUp(["busybox"]);
  const { compose } = thrown.effects;
  let calls = 0;
  const broken: PullEffects = {
    ...thrown.effects,
    compose: (...call) => (calls++ === 0 ? compose(...call) : Promise.reject(new Error("broken"))),
  };
  await expect(pullImages(model, credentials, broken)).rejects.toThrow("broken");
  expect(thrown.reported.at(-1)).toBe("remove");
});

test("credentials for ECR are not used, and the error of a failure begins with this fact", async () => {
  const { effects, reported } = setUp([], ["busybox"], [failure]);
  expect(await pullImages(model, { type: "aws" }, effects)).toEqual([
    expect.stringContaining("does not speak to Amazon ECR"),
    "Error response from daemon: denied for [redacted]",
  ]);
  expect(reported).toEqual(["pull --quiet: ghcr.io/me/own"]);
  const open = setUp(["ghcr.io/me/own"], ["busybox"]);
  expect(await pullImages(model, { type: "aws" }, open.effects)).toEqual([]);
});
