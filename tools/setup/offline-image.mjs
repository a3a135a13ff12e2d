// @ts-check
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capture, findOnPath, tail } from "../run.mjs";

/**
 * Makes `image` from the busybox of this machine. The image contains the program, a link for each applet, and the two
 * files with the name of root. Returns undefined, or the reason of a failure. A busybox that is not statically linked
 * does not run. So the image gets its name only after a container of the image has run.
 * @param {string} image
 * @returns {Promise<string | undefined>}
 */
export async function makeBusyboxImage(image) {
  const busybox = await findOnPath("busybox");
  if (!busybox) return "there is no busybox on this machine";
  const { stdout: applets } = await capture(busybox, ["--list"], { timeoutMs: 10_000 });
  const work = await mkdtemp(join(tmpdir(), "offline-image-"));
  const trial = `lyceum-offline-image:${process.pid}`;
  try {
    const root = join(work, "root");
    for (const dir of ["bin", "etc", "root", "tmp", "usr/bin"]) await mkdir(join(root, dir), { recursive: true });
    await chmod(join(root, "tmp"), 0o1777);
    await copyFile(busybox, join(root, "bin", "busybox"));
    for (const applet of applets.split("\n").filter((name) => name !== "" && name !== "busybox")) {
      await symlink("busybox", join(root, "bin", applet));
    }
    await symlink("/bin/busybox", join(root, "usr", "bin", "env"));
    await writeFile(
      join(root, "etc", "passwd"),
      "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n",
    );
    await writeFile(join(root, "etc", "group"), "root:x:0:\nnobody:x:65534:\n");
    const archive = join(work, "root.tar");
    for (const [command, args] of /** @type {[string, string[]][]} */ ([
      ["tar", ["-C", root, "-cf", archive, "--owner=0", "--group=0", "."]],
      ["docker", ["import", "--change", 'CMD ["sh"]', "--message", "made offline from busybox-static", archive, trial]],
      ["docker", ["run", "--rm", "--network", "none", trial, "true"]],
      ["docker", ["tag", trial, image]],
    ])) {
      const { code, stderr } = await capture(command, args, { timeoutMs: 60_000 });
      if (code !== 0) return `${command} ${args[0]} of ${busybox} failed: ${tail(stderr, 1)}`;
    }
    return undefined;
  } finally {
    await capture("docker", ["image", "rm", trial], { timeoutMs: 20_000 });
    await rm(work, { recursive: true, force: true });
  }
}
