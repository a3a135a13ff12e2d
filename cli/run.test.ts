import { runCommandLine } from "./run";
import { fakeSurface } from "./testing/surface";

test("a long message on standard error fits the terminal, and is one line without a terminal", () => {
  const complaintsAt = (columns: number | undefined): string => {
    const surface = { ...fakeSurface({}), errorColumns: () => columns };
    runCommandLine(["logs", "train", "--raw", "--json"], surface);
    return surface.complaints.join("\n");
  };
  const [message = "", hint] = complaintsAt(undefined).split("\n");
  expect(message.length).toBeGreaterThan(60);
  expect(hint).toBe("`npx pulumi-lyceum logs --help` lists the options.");
  const lines = complaintsAt(60).split("\n");
  expect(lines.join(" ")).toBe(`${message} ${hint}`);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
});
