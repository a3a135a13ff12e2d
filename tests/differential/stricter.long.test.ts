import { testUnless } from "../harness/needs";
import { type Project, plainRun } from "./corpus";
import { type Release, whyNoCompose } from "./docker-compose";
import { bundleOurs } from "./pulumi-lyceum";
import { compareAll } from "./run";
import { stricterRows } from "./stricter";

const releases: readonly Release[] = ["oldest", "newest"];

for (const release of releases) {
  for (const { refuses, code, texts } of stricterRows) {
    testUnless(
      whyNoCompose(release),
      `the ${release} release accepts, and this package refuses: ${refuses}`,
      async () => {
        const codes: string[][] = [];
        const projects = texts.map((text) => ({ name: refuses, files: { "compose.yaml": text }, run: plainRun }));
        const inspect = ({ project }: { readonly project: Project }, folder: string) => {
          const errors = bundleOurs(project, folder).diagnostics.filter(({ severity }) => severity === "error");
          codes.push(errors.map((found) => found.code));
        };
        const compared = await compareAll(projects, inspect, release);
        expect(compared.map(({ theirs }) => theirs.accepted)).toEqual(texts.map(() => true));
        expect(codes).toEqual(texts.map(() => [code]));
      },
    );
  }
}

testUnless(whyNoCompose("newest"), "an escape of such a character is read in the same way", async () => {
  const text = 'services: {web: {image: i, labels: {a: "x\\u2028y"}}}\n';
  const projects = [{ name: "escape", files: { "compose.yaml": text }, run: plainRun }];
  const [compared] = await compareAll(projects, undefined, "newest");
  expect(compared).toMatchObject({ ours: { accepted: true }, theirs: { accepted: true }, differences: [] });
});
