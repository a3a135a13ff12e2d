import type { MountedPath } from "../../../compose/project";
import { mountHash } from "../run/mounts";
import type { LocalTree, Uploads } from "../run/uploads";
import { divided, prepareMounts, treesOf } from "./mounts";

const folder = (path: string, isWritten = false): MountedPath => ({ path, kind: "folder", isWritten });
const context = { folder: "/p", root: "/p", scope: "s", resource: "r/" };
const tree: LocalTree = { hash: "t", fileCount: 1, bytes: 2, executable: [], leftOut: [], paths: ["a"], secrets: [] };
const reading = (more: Partial<LocalTree> | { failed: string } = {}): Pick<Uploads, "read"> => ({
  read: async () => ("failed" in more ? more : { ...tree, ...more }) as LocalTree,
});

test("paths that contain each other are one tree, which is written if one of them is", () => {
  expect(treesOf([folder("/p/a/b", true), folder("/p/a"), folder("/p/ab"), folder("/p/c", true)])).toEqual([
    folder("/p/a", true),
    folder("/p/ab"),
    folder("/p/c", true),
  ]);
  expect(treesOf([folder("/p/x"), folder("/p")])).toEqual([folder("/p")]);
});

test("the stored path of each mounted path is below the stored path of its tree", async () => {
  const paths = ["a", "deep/b"];
  const mounted = [folder("/p/in"), folder("/p/in/deep"), folder("/p/in/a"), folder("/p/in/none"), folder("/p/in/dee")];
  const { uploads, stored } = await prepareMounts(mounted, context, reading({ paths }));
  expect(uploads).toMatchObject([{ path: "in", isWritten: false, content: "t", tree: { bytes: 2 } }]);
  const hash = mountHash("s", "in", "t");
  expect(stored("/p/in/deep")).toEqual({ kind: "stored", source: `/mnt/s3/FILES/${hash}/deep` });
  expect(stored("/p/in/a")).toEqual({ kind: "stored", source: `/mnt/s3/FILES/${hash}/a` });
  expect(stored("/p/in")).not.toHaveProperty("isEmpty");
  for (const path of ["none", "dee"]) expect(stored(`/p/in/${path}`)).toHaveProperty("isEmpty", true);
  expect(stored("/p/other")).toBeUndefined();
});

test("a folder above the project folder is a tree too", async () => {
  const above = { ...context, folder: "/p/deploy" };
  const paths = ["deploy/a"];
  const { uploads, stored } = await prepareMounts([folder("/p"), folder("/p/deploy")], above, reading({ paths }));
  expect(uploads.map(({ path }) => path)).toEqual([".."]);
  expect(stored("/p/deploy")).toEqual({ kind: "stored", source: `/mnt/s3/FILES/${uploads[0]?.hash}/deploy` });
});

test("a warning names what the bucket does not keep of the files at a path", async () => {
  const { stored } = await prepareMounts(
    [folder("/p/in"), folder("/p/in/deep")],
    context,
    reading({ executable: ["run.sh", "deep/a", "deep/b", "deep/c", "deep/d"], leftOut: ["s1", "s2", "s3"] }),
  );
  expect(stored("/p/in/deep")).toMatchObject({
    losses: "the permission to execute deep/a, deep/b, deep/c and 1 more",
  });
  expect(stored("/p/in")).toMatchObject({ losses: expect.stringContaining("and not s1, s2, s3, which is no file") });
});

test("a file with a secret is sent with the text, and the rest of its folder is mounted in parts", async () => {
  const secrets = [{ path: "x/.env", kind: "a password" }];
  const paths = ["a", "big/1", "big/2", "x/b", "x/deep/c"];
  const mounted = [folder("/p/in"), folder("/p/in/big"), folder("/p/in/x"), folder("/p/in/x/.env")];
  const { uploads, stored } = await prepareMounts(mounted, context, reading({ secrets, paths }));
  expect(uploads).toMatchObject([{ path: "in", leave: ["x/.env"] }]);
  expect(stored("/p/in")).toMatchObject({
    parts: { mounted: ["a", "big", "x/b", "x/deep"], inline: ["x/.env"] },
    losses: expect.stringContaining("x/.env with a password, which is sent with the text"),
  });
  expect(stored("/p/in/x")).toMatchObject({ parts: { mounted: ["b", "deep"], inline: [".env"] } });
  expect(stored("/p/in/big")).not.toHaveProperty("parts");
  expect(stored("/p/in/x/.env")).toEqual({ kind: "inline" });
  expect(divided(["a/b/c", "a/d"], ["a/b/s"])).toEqual(["a/b/c", "a/d"]);
});

test("a file with a secret, or a folder in too many parts, stays with the text; what cannot be read is an error", async () => {
  const secrets = [{ path: "f", kind: "a password" }];
  const file: MountedPath = { path: "/p/f", kind: "file", isWritten: false };
  const one = await prepareMounts([file], context, reading({ secrets, paths: [] }));
  expect([one.uploads, one.stored("/p/f")]).toEqual([[], { kind: "inline", because: "holds a password" }]);
  const inParts = async (length: number) => {
    const paths = Array.from({ length }, (_, at) => `f${at}`);
    return (await prepareMounts([folder("/p/in")], context, reading({ secrets, paths }))).stored("/p/in");
  };
  expect(await inParts(300)).toHaveProperty("parts");
  expect(await inParts(301)).toEqual({ kind: "inline", because: "holds f with a password" });
  const failed = await prepareMounts([folder("/p/in")], context, reading({ failed: "LYC6008: it may not be read." }));
  expect(failed.stored("/p/in")).toMatchObject({ kind: "refused", reason: expect.stringContaining("LYC6008") });
});

test("secrets are found in the content of files", async () => {
  const kinds: unknown[] = [];
  await prepareMounts([folder("/p/in")], context, {
    async read(_local, findSecret) {
      kinds.push(findSecret("password = 7f+plum-Kite-92", "app.conf"), findSecret("color = blue", "app.conf"));
      kinds.push(findSecret("password = 7f+plum-Kite-92", "app.py"));
      return tree;
    },
  });
  expect(kinds).toEqual([expect.any(String), undefined, undefined]);
});

test.each([
  // The key of a file that is only read is `r/files/HASH/PATH`, and that of another file is `r/runs/RUN/in/PATH`.
  [false, 1024 - "r/files//".length - 24],
  [true, 1024 - "r/runs//in/".length - "99999-xxxxxxx-99".length],
])(
  "a file whose key would be too long is an error before anything is stored (written: %s)",
  async (isWritten, most) => {
    const at = async (length: number) => {
      const paths = ["a", `${"d/".repeat(Math.floor((length - 1) / 2))}${"f".repeat(2 - (length % 2))}`];
      expect(paths[1]).toHaveLength(length);
      return prepareMounts([folder("/p/in", isWritten)], context, reading({ paths }));
    };
    expect((await at(most)).stored("/p/in")).toMatchObject({ kind: "stored" });
    const { uploads, stored } = await at(most + 1);
    expect(uploads).toEqual([]);
    expect(stored("/p/in")).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(/^cannot be stored .*the key of (d\/){30}… in the bucket .* more than 1024 bytes/),
    });
    const short = "f".repeat(60);
    const inLong = { ...context, resource: `${"r".repeat(1000)}/` };
    const whole = await prepareMounts([folder("/p/in", isWritten)], inLong, reading({ paths: [short] }));
    expect(whole.stored("/p/in")).toHaveProperty("reason", expect.stringContaining(`key of ${short} in`));
  },
);
