import { spawnSync } from "node:child_process";
import { commands, runCommandLine } from "./run";
import { fakeSurface } from "./testing/surface";

function script(...args: readonly string[]) {
  const surface = fakeSurface({});
  const code = runCommandLine(["completion", ...args], surface);
  return { code, text: surface.output.join("\n"), complaint: surface.complaints.join("\n") };
}

/** What bash offers for a command line whose last word is not finished. */
function offered(...words: readonly string[]): readonly string[] {
  // What the script asks for the names of runs.
  const asked = `pulumi-lyceum() { if [ "$*" = "completion runs" ]; then printf 'train\\n7d1f\\n'; fi; }`;
  const line = ["pulumi-lyceum", ...words].map((word) => `'${word}'`).join(" ");
  const shell = `${script("bash").text}\n${asked}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _pulumi_lyceum; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync("bash", ["--norc", "-c", shell], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout.split("\n").filter((word) => word !== "");
}

test("bash offers the commands, and options, statuses and runs of a command", () => {
  expect(offered("")).toEqual([...commands.map(({ name }) => name), "--help", "--version"]);
  expect(offered("ch")).toEqual(["check"]);
  expect(offered("logs", "--fol")).toEqual(["--follow"]);
  expect(offered("abort", "--no")).toEqual(["--no-wait"]);
  expect(offered("ci", "")).toEqual(["preview", "apply", "drift", "destroy", "init"]);
  expect(offered("ci", "d")).toEqual(["drift", "destroy"]);
  expect(offered("ci", "--sar")).toEqual(["--sarif"]);
  expect(offered("ci", "preview", "--cwd", "tool")).toEqual(["tools"]);
  expect(offered("completion", "")).toEqual(["bash", "zsh", "fish"]);
  expect(offered("list", "--status", "fail")).toEqual(["failed", "failed_user", "failed_system"]);
  expect(offered("logs", "tr")).toEqual(["train"]);
  expect(offered("abort", "--no-wait", "")).toEqual(["train", "7d1f"]);
  expect(offered("report", "--output", "tool")).toEqual(["tools"]);
  expect(offered("report", "7d1f", "")).toEqual(["train", "7d1f"]);
  expect(offered("report", "--format", "")).toEqual(["html", "markdown"]);
  expect(offered("check", "packa")).toEqual(
    ["package.json", "package-lock.json"].filter((name) => name.startsWith("packa")).sort(),
  );
});

test.each(["zsh", "fish"])("the script for %s has every command and option", (shell) => {
  const { code, text } = script(shell);
  expect(code).toBe(0);
  for (const { name, load } of commands) {
    expect(text).toContain(name);
    for (const option of Object.keys(load().options)) expect(text).toContain(option);
    if (load().takesRuns) expect(text).toContain("pulumi-lyceum completion runs");
    for (const word of load().words ?? []) expect(text).toMatch(new RegExp(`^.*\\b${name}\\b.*\\b${word}\\b.*$`, "m"));
  }
});

test("another shell is an error that names those there are", () => {
  expect(script("tcsh")).toMatchObject({ code: 2, complaint: expect.stringMatching(/^One shell: bash, zsh, fish\./) });
  expect(script().code).toBe(2);
});
