import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskFiles } from "../../compose/node";
import { checkInputs } from "../../provider/lifecycle/check/check-inputs";
import { createProjects } from "../../provider/lifecycle/inputs/projects";
import { NO_INPUTS } from "../../provider/lifecycle/run/inputs";
import { configurationFileUnder, loadConfiguration } from "../../provider/lyceum/configuration/configuration-file";

/** The content of every file, which no message may show. */
const CONTENT = "canary-of-the-file";

/**
 * Things that can be at the path of a file. The tests run as root, who can read every file, but root cannot read these
 * either.
 */
const ODD_PLACES: Readonly<Record<string, (path: string) => void>> = {
  "a folder": (path) => mkdirSync(path),
  "a pipe that nobody writes to": (path) => execFileSync("mkfifo", [path]),
  "a link to nowhere": (path) => symlinkSync(`${path}.nowhere`, path),
  "a link to itself": (path) => symlinkSync(path, path),
  "a link to a device without end": (path) => symlinkSync("/dev/zero", path),
  "a link to a folder": (path) => symlinkSync(tmpdir(), path),
  nothing: () => undefined,
  "64 GB of holes": (path) => {
    writeFileSync(path, CONTENT);
    truncateSync(path, 64 * 1024 ** 3);
  },
  "an empty file": (path) => writeFileSync(path, ""),
  "bytes that are no text": (path) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0, 1, 2, 0x80, 0xc3])),
  "UTF-16": (path) => writeFileSync(path, Buffer.from(`\ufeff{"api_key": "${CONTENT}"}`, "utf16le")),
  "JSON that is deep": (path) => writeFileSync(path, `${"[".repeat(300_000)}"${CONTENT}"${"]".repeat(300_000)}`),
  "JSON that is cut": (path) => writeFileSync(path, `{"api_key": "${CONTENT}`),
  "two names of one file": (path) => {
    writeFileSync(`${path}.other`, `{"api_key": {"${CONTENT}": 1}}`);
    linkSync(`${path}.other`, path);
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The error message of the configuration with this home folder. Undefined if there is no error. */
function configurationMessage(home: string): string | undefined {
  const result = loadConfiguration(
    { environment: {}, stack: {} },
    configurationFileUnder(() => home),
  );
  return result.kind === "errors" ? `${result.error.code} ${result.error.message}` : undefined;
}

/** The result of check for a Compose file at a path. */
function failuresOf(composeFile: string) {
  const projects = createProjects({ files: diskFiles, folder: () => folder, variable: () => undefined });
  return checkInputs(NO_INPUTS, { urn: "u", scope: "s", values: { composeFile } }, projects).failures;
}

describe.each(Object.keys(ODD_PLACES))("%s", (name) => {
  test("in place of the login's file is reported, at once, and shows nothing of it", () => {
    mkdirSync(join(folder, ".lyceum"));
    ODD_PLACES[name]?.(join(folder, ".lyceum", "config.json"));
    const message = configurationMessage(folder) ?? "";
    expect(message).toMatch(/^LYC100[17] .*config\.json.*LYCEUM_API_KEY/s);
    expect(message).not.toContain(CONTENT);
  });

  test("in place of a compose file is reported, at once, and shows nothing of it", () => {
    const path = join(folder, "compose.yaml");
    ODD_PLACES[name]?.(path);
    const failures = failuresOf(path);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.property).toBe("composeFile");
    expect(failures[0]?.reason).toContain("compose.yaml");
    // An error in a text shows the line, because the user has written it. If the file is not a text, nothing of it is
    // shown.
    if (!/LYC2[12]|LYC200[67]/.test(failures[0]?.reason ?? "")) expect(failures[0]?.reason).not.toContain(CONTENT);
    expect(failures[0]?.reason.length).toBeLessThan(2_000);
  });
});

test("in place of the folder, too", () => {
  writeFileSync(join(folder, ".lyceum"), CONTENT);
  expect(configurationMessage(folder)).toMatch(/^LYC1001 /);
});

test("a path that is not valid is reported", () => {
  for (const path of ["", "\u0000", "x".repeat(5_000), "a\nb", "../".repeat(2_000)]) {
    expect(failuresOf(path)[0]?.reason).toMatch(/composeFile|LYC25/);
  }
});
