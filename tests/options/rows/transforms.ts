import type { Options } from "../ways";
import { NOT_IN_YAML, type Row, run } from "./row";

const FIRST = { triggers: [1] };
const SECOND = { triggers: [2] };

/** Rows of options that a transform, or the older transformation, adds to a run. */
export const TRANSFORMS: readonly Row[] = (["transforms", "transformations"] as const).flatMap((kind) => {
  const adding = (options: Options, args?: object): Options => ({ [kind]: [{ options, args }] });
  const name = (short: string): string => `${kind === "transforms" ? "t" : "old-t"}-${short}`;
  const rows: readonly Omit<Row, "absent">[] = [
    {
      option: `${kind} that add \`timeout\``,
      effect: "the run starts with this `timeout`",
      before: [],
      after: [run(name("args"), {}, adding({}, { timeout: 550 }))],
      works: (facts) => facts.resource(name("args"))?.inputs?.timeout === 550,
    },
    {
      option: `${kind} that add \`ignoreChanges: ["triggers"]\``,
      effect: "a change of `triggers` starts no run",
      before: [run(name("ignore"), FIRST, adding({ ignoreChanges: ["triggers"] }))],
      after: [run(name("ignore"), SECOND, adding({ ignoreChanges: ["triggers"] }))],
      works: (facts) => facts.kept(name("ignore")),
    },
    {
      option: `${kind} that add \`ignoreChanges: ["composeFile"]\``,
      effect: "an edited file starts no run",
      before: [run(name("file"), { composeFile: `${name("file")}.yaml` }, adding({ ignoreChanges: ["composeFile"] }))],
      edits: `${name("file")}.yaml`,
      works: (facts) => facts.kept(name("file")),
      lost: { dynamic: "the option of the run itself" },
    },
    {
      option: `${kind} that add \`replaceOnChanges: ["timeout"]\``,
      effect: "a change of `timeout` starts a new run",
      before: [run(name("replace"), { timeout: 500 }, adding({ replaceOnChanges: ["timeout"] }))],
      after: [run(name("replace"), { timeout: 550 }, adding({ replaceOnChanges: ["timeout"] }))],
      works: (facts) => facts.replaced(name("replace")),
      instead: "the argument `rerunOnChanges`",
    },
    {
      option: `${kind} that add \`retainOnDelete: true\``,
      effect: "a run that is removed from the program continues",
      before: [run(name("retain"), {}, adding({ retainOnDelete: true }))],
      after: [],
      works: (facts) => facts.kept(name("retain")),
    },
    {
      option: `${kind} that add \`protect: true\``,
      effect: "the run cannot be removed from the program",
      before: [run(name("protect"), {}, adding({ protect: true }))],
      after: [],
      group: "failing",
      works: (facts) => facts.failedOf(name("protect")) && facts.did(name("protect")) === "0 started, 0 aborted",
    },
    {
      option: `${kind} that add \`customTimeouts: { create }\``,
      effect: 'with `waitFor: "completed"`, the wait for the end of the run fails after this time',
      before: [],
      after: [
        run(
          name("clock"),
          { waitFor: "completed", composeFileCode: '{"services":{"a":{"image":"b"}},"x-lyceum-sim":{"run":20}}' },
          adding({ customTimeouts: { create: "2s" } }),
        ),
      ],
      group: "failing",
      works: (facts) => facts.failedOf(name("clock")) && facts.did(name("clock")) === "1 started, 0 aborted",
      lost: { dynamic: "the argument `clocks`" },
    },
    {
      option: `${kind} that add \`additionalSecretOutputs: ["status"]\``,
      effect: "the output is encrypted in the state",
      before: [run(name("secret"), {}, adding({ additionalSecretOutputs: ["status"] }))],
      works: (facts) => typeof facts.resource(name("secret"))?.outputs?.status === "object",
    },
    {
      option: `${kind} that add \`deleteBeforeReplace: false\``,
      effect: "after a change of `triggers`, the new run starts before the old run ends",
      before: [run(name("create"), FIRST)],
      after: [run(name("create"), SECOND, adding({ deleteBeforeReplace: false }))],
      works: (facts) =>
        facts.replaced(name("create")) && facts.inOrder(`start ${name("create")}`, `abort ${name("create")}`),
      ...(kind === "transforms" ? { lost: { python: "the option of the run itself" } } : {}),
    },
  ];
  return rows.map((row) => ({ ...row, absent: NOT_IN_YAML }));
});
