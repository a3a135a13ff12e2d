import { files, NO_COMPONENT, NO_PROVIDER, provider, type Row, run } from "./row";

const KEEP = { retainOnDelete: true };

/** Options of a parent, which is a run or a component, and what they do with its children. */
export const INHERITED: readonly Row[] = [
  {
    option: "`retainOnDelete: true` of a parent that is a run",
    effect: "a child run that is removed from the program continues",
    before: [run("keeper", {}, { retainOnDelete: true }), run("kept-child", {}, { parent: "keeper" })],
    after: [run("keeper", {}, { retainOnDelete: true })],
    works: (facts) => facts.kept("keeper", "kept-child"),
  },
  {
    option: "`retainOnDelete: true` of a parent that is a run, with a `StoredFiles` as its child",
    effect: "if the `StoredFiles` is removed from the program, its files stay in the bucket",
    before: [run("keeper", {}, KEEP), files("kept-files", { parent: "keeper" })],
    after: [run("keeper", {}, KEEP)],
    works: (facts) => facts.resource("kept-files") === undefined && facts.stores("kept-files"),
  },
  {
    option:
      "`retainOnDelete: true` of a parent that is a run, and `retainOnDelete: false` of its children, a run and a `StoredFiles`",
    effect:
      "if the children are removed from the program, the child run is aborted, and the files are removed from the bucket",
    before: [
      run("keeper", {}, KEEP),
      run("ended-child", {}, { parent: "keeper", retainOnDelete: false }),
      files("removed-files", { parent: "keeper", retainOnDelete: false }),
    ],
    after: [run("keeper", {}, KEEP)],
    works: (facts) => facts.did("ended-child") === "0 started, 1 aborted" && !facts.stores("removed-files"),
  },
  {
    option: "`retainOnDelete: true` of a run that is the parent of a component with a run and a `StoredFiles`",
    effect:
      "if the component and its children are removed from the program, the child run continues, and the files stay in the bucket",
    before: [
      run("keeper", {}, KEEP),
      { name: "shelf", kind: "component", options: { parent: "keeper" } },
      run("deep-run", {}, { parent: "shelf" }),
      files("deep-files", { parent: "shelf" }),
    ],
    after: [run("keeper", {}, KEEP)],
    works: (facts) => facts.kept("deep-run") && facts.stores("deep-files"),
    absent: NO_COMPONENT,
  },
  {
    option: "`protect: true` of a parent that is a run",
    effect: "a child run cannot be removed from the program",
    before: [run("guarding", {}, { protect: true }), run("guarded-child", {}, { parent: "guarding" })],
    after: [run("guarding", {}, { protect: true })],
    group: "failing",
    works: (facts) => facts.failedOf("guarded-child") && facts.did("guarded-child") === "0 started, 0 aborted",
  },
  {
    option: "`deletedWith` of a parent that is a run",
    effect: "if the resource that the option names is deleted too, a child run leaves the state and continues",
    before: [
      run("landlord"),
      run("tenant", {}, { deletedWith: "landlord" }),
      run("subtenant", {}, { parent: "tenant" }),
    ],
    after: [],
    works: (facts) => facts.did("landlord") === "0 started, 1 aborted" && facts.kept("subtenant"),
  },
  {
    option: "`provider` of a parent that is a run",
    effect: "a child run uses this provider",
    before: [
      provider("parents"),
      run("of-parent", {}, { provider: "parents" }),
      run("of-parents-child", {}, { parent: "of-parent" }),
    ],
    works: (facts) => String(facts.property("of-parents-child", "provider")).includes("::parents::"),
    absent: NO_PROVIDER,
  },
  {
    option: "`retainOnDelete: true` of a component",
    effect: "a run of the component that is removed from the program continues",
    before: [
      { name: "archive", kind: "component", options: { retainOnDelete: true } },
      run("archived", {}, { parent: "archive" }),
    ],
    after: [{ name: "archive", kind: "component", options: { retainOnDelete: true } }],
    works: (facts) => facts.kept("archived"),
    absent: NO_COMPONENT,
  },
  {
    option: "`deletedWith` of a component",
    effect:
      "if the resource that the option names is deleted too, the run of the component leaves the state and continues",
    before: [
      run("host"),
      { name: "guests", kind: "component", options: { deletedWith: "host" } },
      run("guest", {}, { parent: "guests" }),
    ],
    after: [],
    works: (facts) => facts.did("host") === "0 started, 1 aborted" && facts.kept("guest"),
    absent: NO_COMPONENT,
  },
  {
    option: "`protect: true` of a component",
    effect: "a run of the component cannot be removed from the program",
    before: [{ name: "guard", kind: "component", options: { protect: true } }, run("guarded", {}, { parent: "guard" })],
    after: [{ name: "guard", kind: "component", options: { protect: true } }],
    group: "failing",
    works: (facts) => facts.failedOf("guarded") && facts.did("guarded") === "0 started, 0 aborted",
    absent: NO_COMPONENT,
  },
  {
    option: "`providers` of a component",
    effect: "a run of the component uses this provider",
    before: [
      provider("teams"),
      { name: "crew", kind: "component", options: { providers: ["teams"] } },
      run("of-crew", {}, { parent: "crew" }),
    ],
    works: (facts) => String(facts.property("of-crew", "provider")).includes("::teams::"),
    absent: { ...NO_PROVIDER, ...NO_COMPONENT },
  },
];
