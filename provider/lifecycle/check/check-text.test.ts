import { unknownMarker } from "../../../compose";
import { check, good, reasons } from "../testing/checked";

describe("check", () => {
  test("a recorded text is not validated again: no stricter rule stops an up that starts nothing", () => {
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

    test("errors stop it, all at once, with their lines; warnings do not, and stand apart", () => {
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

    test("its severities can be chosen, and a misspelt choice is an error", () => {
      const composeFileCode = lines("privileged: true", "comand: x");
      const chosen = { composeFileCode, diagnostics: { LYC2401: "error", LYC2105: "warning" } };
      expect(reasons(chosen)).toEqual([expect.stringContaining("error LYC2401")]);
      expect(warnings(chosen)).toEqual([expect.stringContaining("warning LYC2105")]);
      expect(reasons({ composeFileCode, diagnostics: { LYC2105: "off" } })).toEqual([]);
      const wrong = { LYC2007: "off", LYC9: "off", LYC2105: "of", LYC2401: unknownMarker };
      expect(reasons({ diagnostics: wrong })).toEqual([
        "diagnostics.LYC2007: LYC4010: diagnostics.LYC2007 cannot be chosen: such a text cannot be read",
        "diagnostics.LYC9: LYC4010: diagnostics.LYC9 is not a diagnostic code of a compose document (docs/reference/diagnostics.md lists them)",
        'diagnostics.LYC2105: LYC4010: diagnostics.LYC2105 must be "off", "warning" or "error"',
      ]);
      expect(reasons({ diagnostics: ["LYC2105"] })).toEqual([
        expect.stringMatching(/^diagnostics: LYC4010: .*must be a map/),
      ]);
    });

    test("while a choice is not known, only what no choice can change is reported", () => {
      const news = { diagnostics: { LYC2105: unknownMarker }, composeFileCode: lines("comand: x") };
      expect(reasons(news)).toEqual([]);
      expect(reasons({ ...news, composeFileCode: "a: [" })).toEqual([expect.stringContaining("LYC2006")]);
    });

    test("a part that is not known yet is let through, and the rest is validated", () => {
      const composeFileCode = lines(`user: ${unknownMarker}`, "comand: x");
      expect(reasons({ composeFileCode })).toEqual([expect.stringContaining("composeFileCode:5:5 error LYC2105")]);
      expect(warnings({ composeFileCode: unknownMarker })).toEqual([]);
    });

    test("a recorded text is validated again when the choice changed, and not otherwise", () => {
      const composeFileCode = lines("privileged: true");
      expect(warnings({ composeFileCode }, { composeFileCode })).toEqual([]);
      const diagnostics = { LYC2401: "error" };
      expect(check({ composeFileCode }, { ...good, composeFileCode, diagnostics }).failures).toHaveLength(1);
    });

    test("a line with a secret of the other arguments is not shown, and the secret in no message", () => {
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

    test("nothing of a secret text is in a warning but its place and keys", () => {
      const news = { composeFileCode: lines("privileged: true # canary"), $secrets: ["composeFileCode"] };
      expect(warnings(news)).toEqual([expect.stringMatching(/^composeFileCode:4:17 warning LYC2401: services\.a/)]);
      expect(warnings(news).join()).not.toContain("canary");
    });
  });
});
