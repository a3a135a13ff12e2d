import { UNKNOWN_MARKER } from "../../../compose";
import { ARGUMENTS } from "../../schema";
import { checkMaps as check } from "../testing/maps";

/** Valid arguments. */
const good = { composeFileCode: "services:\n  a:\n    image: busybox\n", $scope: "s", $urn: "urn:x", $secrets: [] };

/** Returns the failures of a check, each with its property. */
const reasons = (news: Record<string, unknown>) =>
  check({}, { ...good, ...news }).failures.map(({ property, reason }) => `${property}: ${reason}`);

describe("check", () => {
  test("a recorded default stays, even if this version has another; a user's value does not become a default", () => {
    const olds = { ...good, timeout: 45, waitFor: "accepted", $defaults: ["timeout"] };
    expect(check(olds, good).inputs).toMatchObject({ timeout: 45, waitFor: "running" });
    expect(check(olds, { ...good, timeout: 50 }).inputs).toMatchObject({ timeout: 50 });
  });

  test("a run adopted by its id is left alone on delete by default, and needs no compose text", () => {
    const { composeFileCode: _none, ...rest } = good;
    const { inputs, failures } = check({}, { ...rest, existingExecutionId: "r1" });
    expect(failures).toEqual([]);
    expect(inputs.onDelete).toBe("leave");
    expect(
      check({ ...good, onDelete: "abort", $defaults: ["onDelete"] }, { ...good, existingExecutionId: "r1" }).inputs
        .onDelete,
    ).toBe("leave");
  });

  // A map with a list of maps is not valid for any argument.
  test.each([...ARGUMENTS, "customTimeouts"])("a wrong %s starts with the code and the argument's name", (name) => {
    const wrong = { "no such thing": [{ nor: "this" }] };
    const found = check({}, { ...good, [name === "customTimeouts" ? "$timeouts" : name]: wrong }).failures;
    expect(found.length).toBeGreaterThan(0);
    for (const { reason } of found) expect(reason).toMatch(new RegExp(`^LYC4010: ${name}\\b`));
  });

  test("an argument that is null, or a part of an argument that is null, counts as absent", () => {
    const found = check({}, { ...good, timeout: null, clocks: { queue: null, run: undefined } });
    expect(found.failures).toEqual([]);
    expect(found.inputs).toMatchObject({ timeout: 60 });
    const region = { type: "aws", accessKeyId: "a", secretAccessKey: "s", region: null };
    expect(reasons({ registryCredentials: region })).toEqual(
      reasons({ registryCredentials: { ...region, region: "r" } }),
    );
  });

  test("if the engine passes recorded inputs again, their defaults do not count as values of the program", () => {
    const copied = { ...good, timeout: 45, waitFor: "accepted", $defaults: ["timeout"] };
    expect(check({}, copied).inputs).toMatchObject({ timeout: 60, waitFor: "accepted" });
  });

  test("inputs without marks of secrets get no marks", () => {
    const { $secrets: _none, ...unmarked } = good;
    expect(check({}, unmarked).inputs).not.toHaveProperty("$secrets");
    expect(check({}, { ...good, $secrets: ["fileName"] }).inputs).toMatchObject({ $secrets: ["fileName"] });
  });

  test("all errors are reported at once, each on its property", () => {
    const wrong = {
      executionType: "gpu-a100",
      timeout: 601,
      gracefulTimeout: 0,
      fileName: "two\nlines",
      enableS3Mount: "yes",
      waitFor: "done",
      triggers: {},
      onDelete: "stop",
      adoptEndedWithin: -1,
      failureOutput: 1,
    };
    const within = { clocks: { queue: -1, que: 3 }, userCallbackUrls: ["https://ok.example", "http://plain.example"] };
    const registryCredentials = { type: "basic", username: "u", passwort: "canary" };
    const found = reasons({ ...wrong, ...within, registryCredentials, timout: 5 });
    for (const property of [...Object.keys(wrong), "userCallbackUrls[1]", "clocks.queue", "clocks.que"]) {
      const where = `${property}: LYC4010: ${property} `;
      expect(found.filter((line) => line.startsWith(where))).toHaveLength(1);
    }
    expect(found.join("\n")).toMatch(/did you mean "gpu\.a100"/);
    expect(found.join("\n")).toMatch(/registryCredentials\.password must be/);
    expect(found.join("\n")).toMatch(/registryCredentials\.passwort is not known/);
    expect(found.join("\n")).not.toContain("canary");
  });

  test("the error of a misspelt argument names the nearest one and the page, not all arguments", () => {
    const found = (name: string) => reasons({ [name]: 1 }).filter((line) => line.includes(`${name} is not`));
    expect(found("timeOut")).toEqual([
      expect.stringMatching(
        /: LYC4010: .*did you mean timeout\? docs\/reference\/arguments\.md of the package lists them/,
      ),
    ]);
    expect(found("colour")).toEqual([
      expect.stringContaining("colour is not an argument of ComposeExecution. docs/reference/arguments.md"),
    ]);
    for (const name of ["timeOut", "colour"]) expect(found(name).join("").length).toBeLessThan(160);
  });

  test.each([
    ["both sources", { composeFile: "a.yaml" }, /give exactly one/],
    ["no source", { composeFileCode: undefined }, /: LYC4010: composeFile or composeFileCode is missing/],
    [
      "an unreadable file",
      { composeFileCode: undefined, composeFile: "a.yaml" },
      /^composeFile: a\.yaml error LYC2501: "a.yaml" does not exist/,
    ],
    ["a text that is no map", { composeFileCode: "- a" }, /^: composeFileCode:1:1 error LYC2/],
    ["a text of the wrong type", { composeFileCode: 7 }, /composeFileCode must be text/],
    ["a path as the text", { composeFileCode: "./app" }, /not the path "\.\/app"; write composeFile: "\.\/app"$/],
    ["a name of a file as the text", { composeFileCode: " a.yml\n" }, /write composeFile: "a\.yml"$/],
    [
      "a path as a secret text",
      { composeFileCode: "/canary/a.yaml", $secrets: ["composeFileCode"] },
      /not a path; write composeFile: "…"$/,
    ],
    ["two words, of which one is the name of a file", { composeFileCode: "my compose.yaml" }, /error LYC2/],
    [
      "a name of the resource that is an output as a text",
      { $urn: "urn:pulumi:dev::p::t::Calling [toString] on an [Output<T>] is not supported." },
      /the name of the resource/,
    ],
    ["a text over 1 MB", { composeFileCode: `#${"x".repeat(1_100_000)}` }, /LYC2002/],
    ["credentials of an unknown kind", { registryCredentials: { type: "token" } }, /must be one of "basic", "aws"/],
    [
      "both sources, of which one is a list",
      { composeFile: ["a.yaml"] },
      /^: LYC4010: composeFile and composeFileCode/,
    ],
    [
      "a user that is null",
      { registryCredentials: { type: "basic", username: null, password: "p" } },
      /^registryCredentials\.username: .* when type is "basic"/,
    ],
    [
      "a region that is no text",
      { registryCredentials: { type: "aws", accessKeyId: "a", secretAccessKey: "s", region: 7 } },
      /^registryCredentials\.region: (?!.*when type)/,
    ],
    ["credentials that are a text", { registryCredentials: "user:canary" }, /must be \{type/],
  ])("is an error: %s", (_name, news, pattern) => {
    const found = reasons(news);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(pattern);
    expect(found[0]).not.toContain("canary");
  });

  test("an error in a secret text shows its location, not its line; an error of a secret label shows neither", () => {
    const found = reasons({
      composeFileCode: "services:\n  a: {}\n#canary\n  canary: [\n",
      $secrets: ["composeFileCode", "fileName"],
      fileName: "canary\n",
    });
    expect(found.join("\n")).toMatch(/composeFileCode:\d+:\d+ error/);
    expect(found.every((line) => line.startsWith(": "))).toBe(true);
    expect(found.filter((line) => line.includes("fileName")).join()).not.toContain("canary");
  });

  test("no kind of error shows a secret that was passed as the text and looks like a key", () => {
    for (const secret of ["hunter2-canary", `canary ${"long".repeat(40)}`, "canary/with \u2603 signs"]) {
      for (const text of ["Q:", "Q: 1\nQ: 2", "Q: $X", "Q: '${'", "Q:\n  b: 1\n  b: 2", "{Q: 1, services: {a: 1}}"]) {
        const found = reasons({
          composeFileCode: text.replaceAll("Q", JSON.stringify(secret)),
          $secrets: ["composeFileCode"],
        });
        expect(found.join("\n")).toMatch(/LYC2105: Compose has no key "?\[redacted\]/);
        expect(found.join("\n")).not.toContain("canary");
      }
    }
  });

  test.each([
    ["timout", "names timout, which is not an argument; did you mean timeout?"],
    ["triggers", "names triggers, whose change needs no rerunOnChanges, or cannot start a run"],
    ["onDelete", "names onDelete, whose change needs no rerunOnChanges, or cannot start a run"],
    ["zzz", "names zzz, which is not an argument; known are timeout, gracefulTimeout, "],
  ])("rerunOnChanges cannot name %s", (name, reason) => {
    const { failures } = check({}, { ...good, rerunOnChanges: ["timeout", "clocks.run", "*", name] });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ property: expect.stringContaining("rerunOnChanges[3]") });
    expect(failures[0]?.reason).toContain(reason);
  });

  test("errors of a secret time-out, callbacks and clocks do not show their values", () => {
    const found = reasons({
      timeout: "canary",
      userCallbackUrls: "https://x/?token=canary",
      clocks: { queue: "canary", canary: 1 },
      $secrets: ["timeout", "userCallbackUrls", "clocks"],
    });
    expect(found).toEqual(
      ["timeout", "userCallbackUrls", "clocks"].map((name) =>
        expect.stringContaining(`: LYC4010: ${name} (secret) is not valid`),
      ),
    );
    expect(found.join()).not.toContain("canary");
  });

  test("unknown values are accepted at every position", () => {
    for (const name of ARGUMENTS.filter((argument) => argument !== "composeFile")) {
      expect(check({}, { ...good, [name]: UNKNOWN_MARKER }).failures).toEqual([]);
    }
    const inside = {
      registryCredentials: { type: "basic", username: UNKNOWN_MARKER, password: UNKNOWN_MARKER },
      triggers: [{ a: UNKNOWN_MARKER }],
      clocks: { queue: UNKNOWN_MARKER },
      userCallbackUrls: [UNKNOWN_MARKER],
    };
    expect(check({}, { ...good, ...inside }).failures).toEqual([]);
  });

  test("a recorded text is not validated again, so that no stricter rule stops an up that starts nothing", () => {
    const broken = "services: {a: {}, a: {}}";
    const failures = (olds: Record<string, unknown>, news: Record<string, unknown>) =>
      check(olds, news).failures.length;
    expect(failures({}, { composeFileCode: broken })).toBe(1);
    expect(failures({ composeFileCode: broken }, { composeFileCode: broken })).toBe(0);
    expect(failures({ composeFileCode: "services: {a: {}}" }, { composeFileCode: broken })).toBe(1);
  });

  describe("the compose text is validated", () => {
    const lines = (...settings: string[]) =>
      `services:\n  a:\n    image: busybox\n${settings.map((s) => `    ${s}\n`).join("")}`;
    const warnings = (news: Record<string, unknown>, olds = {}) => check(olds, { ...good, ...news }).warnings;

    test("errors stop the check, all at once with their lines; warnings do not stop it", () => {
      const news = { composeFileCode: lines("comand: x", "ports: [a]", "privileged: true") };
      expect(reasons(news)).toEqual([
        [
          ": 2 errors in the compose document:",
          "composeFileCode:4:5 error LYC2105: Compose has no key comand here",
          "  4 |     comand: x",
          "    |     ^^^^^^",
          "  Did you mean `command`?",
          "composeFileCode:5:13 error LYC2210: services.a.ports[0] has a target that is not a port or a range of ports (1 to 65535)",
          "  5 |     ports: [a]",
          "    |             ^",
          "  Write [HOST_IP:][PUBLISHED:]TARGET[/PROTOCOL], with ports from 1 to 65535 and ranges of equal length.",
        ].join("\n"),
      ]);
      expect(warnings(news)).toEqual([expect.stringMatching(/^composeFileCode:6:17 warning LYC2401: /)]);
    });

    test("its severities can be set, and a misspelt severity is an error", () => {
      const composeFileCode = lines("privileged: true", "comand: x");
      const chosen = { composeFileCode, diagnostics: { LYC2401: "error", LYC2105: "warning" } };
      expect(reasons(chosen)).toEqual([expect.stringContaining("error LYC2401")]);
      expect(warnings(chosen)).toEqual([expect.stringContaining("warning LYC2105")]);
      expect(reasons({ composeFileCode, diagnostics: { LYC2105: "off" } })).toEqual([]);
      const wrong = { LYC2007: "off", LYC9: "off", LYC2105: "of", LYC2401: UNKNOWN_MARKER };
      expect(reasons({ diagnostics: wrong })).toEqual([
        "diagnostics.LYC2007: LYC4010: diagnostics.LYC2007 cannot be chosen: such a text cannot be read",
        "diagnostics.LYC9: LYC4010: diagnostics.LYC9 is not a diagnostic code of a compose document (docs/reference/diagnostics.md lists them)",
        'diagnostics.LYC2105: LYC4010: diagnostics.LYC2105 must be "off", "warning" or "error"',
      ]);
      expect(reasons({ diagnostics: ["LYC2105"] })).toEqual([
        expect.stringMatching(/^diagnostics: LYC4010: .*must be a map/),
      ]);
    });

    test("while a severity is unknown, only diagnostics that no setting can change are reported", () => {
      const news = { diagnostics: { LYC2105: UNKNOWN_MARKER }, composeFileCode: lines("comand: x") };
      expect(reasons(news)).toEqual([]);
      expect(reasons({ ...news, composeFileCode: "a: [" })).toEqual([expect.stringContaining("LYC2006")]);
    });

    test("an unknown part is accepted, and the rest is validated", () => {
      const composeFileCode = lines(`user: ${UNKNOWN_MARKER}`, "comand: x");
      expect(reasons({ composeFileCode })).toEqual([expect.stringContaining("composeFileCode:5:5 error LYC2105")]);
      expect(warnings({ composeFileCode: UNKNOWN_MARKER })).toEqual([]);
    });

    test("a recorded text is validated again only if the severities have changed", () => {
      const composeFileCode = lines("privileged: true");
      expect(warnings({ composeFileCode }, { composeFileCode })).toEqual([]);
      const diagnostics = { LYC2401: "error" };
      expect(check({ composeFileCode }, { ...good, composeFileCode, diagnostics }).failures).toHaveLength(1);
    });

    test("a line with a secret of the other arguments is not shown, and no message shows the secret", () => {
      const password = "canary-password";
      const news = {
        composeFileCode: lines("comand: canary-password", "canary-password: 1", "privileged: true # canary-password"),
        registryCredentials: { type: "basic", username: "u", password },
      };
      const reported = [...reasons(news), ...warnings(news)].join("\n");
      expect(reported).toMatch(/composeFileCode:4:5 error LYC2105: Compose has no key comand here\n {2}Did you mean/);
      expect(reported).toContain("composeFileCode:5:5 error");
      expect(reported).toContain("composeFileCode:6:17 warning LYC2401");
      expect(reported).not.toContain("canary");
    });

    test("a warning about a secret text shows only the location and keys", () => {
      const news = { composeFileCode: lines("privileged: true # canary"), $secrets: ["composeFileCode"] };
      expect(warnings(news)).toEqual([expect.stringMatching(/^composeFileCode:4:17 warning LYC2401: services\.a/)]);
      expect(warnings(news).join()).not.toContain("canary");
    });
  });
});
