import { settle } from "./display";

const replaced = `Updating (dev):

@ updating.....
 -- pulumi-nodejs:dynamic/lyceum:ComposeExecution b deleting original (0s)
 -- pulumi-nodejs:dynamic/lyceum:ComposeExecution b deleted original (0.31s)
 -- pulumi-nodejs:dynamic/lyceum:ComposeExecution a deleting original (0s)
 +- pulumi-nodejs:dynamic/lyceum:ComposeExecution b replacing (0s) [diff: ~v]
 -- pulumi-nodejs:dynamic/lyceum:ComposeExecution a deleted original (0.32s)
 +- pulumi-nodejs:dynamic/lyceum:ComposeExecution b replaced (0.00s) [diff: ~v]
 ++ pulumi-nodejs:dynamic/lyceum:ComposeExecution b creating replacement (0s) [diff: ~v]
 +- pulumi-nodejs:dynamic/lyceum:ComposeExecution a replaced (0.00s) [diff: ~v]
@ updating....
 ++ pulumi-nodejs:dynamic/lyceum:ComposeExecution b creating replacement (1s) [diff: ~v] pending
 ++ pulumi-nodejs:dynamic/lyceum:ComposeExecution a **creating failed** [diff: ~v]; error: 1 error occurred:
 ++ pulumi-nodejs:dynamic/lyceum:ComposeExecution b created replacement (1m0s) [diff: ~v]
    pulumi:pulumi:Stack play-dev
    pulumi:pulumi:Stack play-dev running error: update failed
    pulumi:pulumi:Stack play-dev **failed** 1 error
Diagnostics:
  pulumi:pulumi:Stack (play-dev):
    error: update failed

  pulumi-nodejs:dynamic/lyceum:ComposeExecution (a):
    error: 1 error occurred:
    \t* the run failed
      line two

Outputs:
    id: "local-1"

Resources:
    +-2 replaced

Duration: 5s
`;

test("rows are grouped and sorted, durations and moving rows are left out, diagnostics are sorted", () => {
  expect(settle(replaced)).toBe(`Updating (dev):

 -- pulumi-nodejs:dynamic/lyceum:ComposeExecution a deleted original
 +- pulumi-nodejs:dynamic/lyceum:ComposeExecution a replaced [diff: ~v]
 ++ pulumi-nodejs:dynamic/lyceum:ComposeExecution a **creating failed** [diff: ~v]; error: 1 error occurred:
 -- pulumi-nodejs:dynamic/lyceum:ComposeExecution b deleted original
 +- pulumi-nodejs:dynamic/lyceum:ComposeExecution b replaced [diff: ~v]
 ++ pulumi-nodejs:dynamic/lyceum:ComposeExecution b created replacement [diff: ~v]
    pulumi:pulumi:Stack play-dev **failed** 1 error
Diagnostics:
  pulumi-nodejs:dynamic/lyceum:ComposeExecution (a):
    error: 1 error occurred:
    \t* the run failed
      line two

  pulumi:pulumi:Stack (play-dev):
    error: update failed

Outputs:
    id: "local-1"

Resources:
    +-2 replaced`);
});

test("the order in which rows of different resources were printed does not matter", () => {
  const lines = [
    " +  pulumi-nodejs:dynamic/lyceum:ComposeExecution a created (0.7s)",
    " +  pulumi-nodejs:dynamic/lyceum:ComposeExecution b created (0.8s)",
  ];
  expect(settle(lines.join("\n"))).toBe(settle([...lines].reverse().join("\n")));
});

test("the order of one resource's rows does matter", () => {
  const lines = [" -- some:module:Type a deleted original", " ++ some:module:Type a created replacement"];
  expect(settle(lines.join("\n"))).not.toBe(settle([...lines].reverse().join("\n")));
});

test("warnings of Node are left out, all others stay", () => {
  expect(
    settle(
      "(node:12) [DEP0040] DeprecationWarning: The `punycode` module is deprecated.\n" +
        "(Use `node --trace-deprecation ...` to show where the warning was created)\nwarning: something else\n",
    ),
  ).toBe("warning: something else");
});

test("a preview's detailed diff is not a row", () => {
  const text = 'Previewing update (dev):\n    +-some:module:Type: (replace)\n        [id=1]\n      ~ v: "1" => "2"';
  expect(settle(text)).toBe(text);
});

test("the resources of a detailed preview are sorted, each with its own lines", () => {
  const one = [
    "    + some:module:Type: (create)",
    "        [urn=urn:a::one]",
    "        text: (yaml) {",
    "            a: 1",
    "        }",
    "",
  ];
  const two = ["    +-some:module:Type: (replace)", "        [urn=urn:a::two]", "      ~ text: 1 => 2"];
  const frame = (blocks: readonly string[]): string =>
    [
      "Previewing update (dev):",
      "  pulumi:pulumi:Stack: (same)",
      "    [urn=urn:s]",
      ...blocks,
      "    --outputs:--",
      "    a: 1",
    ].join("\n");
  expect(settle(frame([...two, ...one]))).toBe(settle(frame([...one, ...two])));
  expect(settle(frame([...one, ...two]))).toBe(frame([...one, ...two]));
});

test("the stack's messages are sorted, each kept whole, and another resource's are not", () => {
  const pending = [
    "    warning: Attempting to deploy with 1 pending operations.",
    "      * urn:one, interrupted while creating",
    "    These resources are in an unknown state because the Pulumi CLI was interrupted.",
    "",
    "    Once you have confirmed the status, you can repair your stack.",
  ];
  const others = ["    error: update failed", "", "    see the row of the resource"];
  const block = (name: string, lines: readonly string[]): string =>
    ["Diagnostics:", `  ${name} (one):`, ...lines].join("\n");
  const one = settle(block("pulumi:pulumi:Stack", [...pending, "", ...others]));
  expect(settle(block("pulumi:pulumi:Stack", [...[...others].reverse(), "", ...pending]))).toBe(one);
  expect(one).toContain(pending.join("\n"));
  expect(settle(block("some:module:Type", others))).not.toBe(settle(block("some:module:Type", [...others].reverse())));
});

test("the stack's lines about errors of resources are sorted one by one", () => {
  const lines = ["    LYC3018: see the row of the resource", "    LYC3005: see the row of the resource"];
  const block = (texts: readonly string[]): string =>
    ["Diagnostics:", "  pulumi:pulumi:Stack (one):", ...texts].join("\n");
  expect(settle(block(lines))).toBe(block([...lines].reverse()));
});

test("a row directly after the dots is a row", () => {
  const row = " +  pulumi-nodejs:dynamic/lyceum:ComposeExecution job";
  const shown = `Updating (dev):\n\n@ updating....${row} creating (1s) pending (run one)\n\n@ updating.....${row} created (2s)\n`;
  expect(settle(shown)).toBe(`Updating (dev):\n\n${row} created`);
});

test("interrupted dots are dropped, too", () => {
  const row = " +  pulumi-nodejs:dynamic/lyceum:ComposeExecution job created";
  expect(settle(`Updating (dev):\n\n...\n${row} (2s)\n`)).toBe(`Updating (dev):\n\n${row}`);
});

test("pending operations are listed in one order, each message kept whole", () => {
  const listed = (names: readonly string[]): string =>
    [
      "Diagnostics:",
      "  pulumi:pulumi:Stack (one):",
      `    warning: Attempting to deploy with ${names.length} pending operations.`,
      ...names.map((name) => `      * urn:${name}, interrupted while creating`),
      "    These resources are in an unknown state because the Pulumi CLI was interrupted.",
    ].join("\n");
  expect(settle(listed(["two", "one"]))).toBe(listed(["one", "two"]));
});

test("a refresh is the same with and without the stack's outputs", () => {
  const refreshed = (outputs: string) => `Refreshing (dev):

    pulumi:pulumi:Stack play-dev
${outputs}Resources:
    3 unchanged

Duration: 1s
`;
  const shown = settle(refreshed('Outputs:\n  ~ id: "one" => "two"\n\n'));
  expect(shown).toBe("Refreshing (dev):\n\nResources:\n    3 unchanged");
  expect(settle(refreshed(""))).toBe(shown);
});
