import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../harness/root";
import { STYLE } from "./report-pages";

const emulatorStyle = readFileSync(join(ROOT, "emulator", "src", "page", "page.css"), "utf8");

/** The custom properties of a style sheet: those for light, then those for dark. */
function propertiesOf(style: string): readonly Readonly<Record<string, string>>[] {
  return [...style.matchAll(/:root\s*\{([^}]*)\}/g)].map(([, block = ""]) =>
    Object.fromEntries(
      [...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]),
    ),
  );
}

test("the emulator's page has the colors of the report, in light and in dark", () => {
  const [ours, theirs] = [propertiesOf(emulatorStyle), propertiesOf(STYLE)];
  expect(ours).toEqual(theirs);
  expect(theirs.map((properties) => Object.keys(properties).length)).toEqual([13, 13]);
  // The test finds a value that it has changed.
  expect(propertiesOf(STYLE.replace("--muted: #57606a", "--muted: #57606b"))).not.toEqual(ours);
});
