import { policyIn } from "./policy-in";

const POLICY = "infra/lyceum-policy.yaml";
const none = { kind: "none" };
const refused = (reason: string) => ({ kind: "refused", reason: expect.stringContaining(reason) });

/**
 * Returns the policy for the project `training` in `folder`, in a commit with these projects, by folder, and these
 * policies.
 */
function found(folder: string, projects: Readonly<Record<string, string>>, ...policies: readonly string[]) {
  const names = new Map(
    Object.entries(projects).map(([of, name]) => [of === "." ? "Pulumi.yaml" : `${of}/Pulumi.yaml`, name]),
  );
  const files = [...policies, ...names.keys(), "README.md"];
  return policyIn({ folder, name: "training" }, { files, nameIn: (path) => names.get(path) ?? "" });
}

test("a project that moves takes its policy along", () => {
  const file = (path: string) => ({ kind: "file", path });
  expect(found("infra2", { infra: "training" }, POLICY)).toEqual(file(POLICY));
  expect(found(".", { infra: "training" }, POLICY)).toEqual(file(POLICY));
  expect(found("infra", { ".": "training" }, "lyceum-policy.yaml")).toEqual(file("lyceum-policy.yaml"));
  // The project moved into the folder of another project.
  expect(found("tools", { infra: "training", tools: "tools" }, POLICY)).toEqual(file(POLICY));
  expect(found("tools", { infra: "training", tools: "tools" }, POLICY, "tools/lyceum-policy.yaml")).toEqual(
    file(POLICY),
  );
});

test("a project that stays in its folder has the policy of the folder, even with a new name", () => {
  const own = { kind: "file", path: POLICY };
  expect(found("infra", { infra: "training", b: "training" }, "b/lyceum-policy.yaml", POLICY)).toEqual(own);
  expect(found("infra", { infra: "other" }, POLICY)).toEqual(own);
  expect(found("infra", { b: "other" }, "b/lyceum-policy.yaml", POLICY)).toEqual(own);
});

test("a project that had no policy before needs no policy", () => {
  expect(found("infra2", { infra: "training" })).toEqual(none);
  expect(found("here", { here: "training", infra: "training" }, POLICY)).toEqual(none);
  expect(found("tools", { infra: "other", tools: "tools" }, POLICY)).toEqual(none);
});

test("a new project next to policies of other projects is refused, and so is a name with several policies", () => {
  expect(found("infra2", { infra: "other" }, POLICY)).toEqual(refused(`such as ${POLICY}`));
  expect(found("infra2", {}, "policies/lyceum-policy.yaml")).toEqual(refused("Commit a policy for this folder"));
  const both = found("c", { infra: "training", b: "training" }, POLICY, "b/lyceum-policy.yaml");
  expect(both).toEqual(refused(`${POLICY} and b/lyceum-policy.yaml`));
});

test("a policy in a folder above is the policy of the folder, and the nearest policy counts", () => {
  const file = (path: string) => ({ kind: "file", path });
  const ROOT = "lyceum-policy.yaml";
  expect(found("apps/infra", { "apps/infra": "training" }, ROOT)).toEqual(file(ROOT));
  expect(found("apps/infra", { "apps/infra": "training" }, ROOT, "apps/lyceum-policy.yaml")).toEqual(
    file("apps/lyceum-policy.yaml"),
  );
  expect(found("b", { infra: "training" }, ROOT)).toEqual(file(ROOT));
  expect(found("b", { infra: "training" }, ROOT, POLICY)).toEqual(file(POLICY));
  expect(found("new", { infra: "other" }, ROOT, POLICY)).toEqual(file(ROOT));
  expect(found("c", { infra: "training", b: "training" }, ROOT)).toEqual(file(ROOT));
  expect(found("c", { infra: "training", b: "training" }, ROOT, POLICY)).toEqual(refused(POLICY));
});
