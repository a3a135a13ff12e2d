import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testCliScenario } from "./register";

/** Larger than the 8 MB of a part. */
const BIG = Buffer.alloc(30 * 1024 * 1024, "a line that is repeated\n");

testCliScenario(
  "the vendor's CLI uploads, lists, downloads and removes files",
  { folder: __dirname, variant: "storage" },
  async (scenario) => {
    await scenario.logIn();
    const at = (...path: string[]) => join(scenario.work.program, ...path);
    mkdirSync(at("folder", "below"), { recursive: true });
    for (const name of ["one", "two", "below/three"]) writeFileSync(at("folder", name), `${name}\n`);
    writeFileSync(at("big"), BIG);
    const storage = (title: string, code: number, ...args: string[]) => scenario.call(title, code, "storage", ...args);

    await storage("the bucket does not exist before the first upload", 1, "ls");
    await storage("a file", 0, "upload", "folder/one", "--key", "input/one");
    await storage("a folder", 0, "upload", "folder", "-rf", "--key", "data/");
    await storage("30 MB, in parts", 0, "upload", "big", "--key", "models/big");
    await storage("the top folder", 0, "ls");
    await storage("a folder of the bucket", 0, "ls", "data/");
    await storage("all files", 0, "ls", "-r");
    await storage("a download", 0, "download", "data/below/three", "-o", "three");
    await storage("a download of parts", 0, "download", "models/big", "-o", "again");
    expect(readFileSync(at("three"), "utf8")).toBe("below/three\n");
    expect(readFileSync(at("again")).equals(BIG)).toBe(true);
    await storage("a file that does not exist", 1, "download", "none");
    await storage("remove a file", 0, "rm", "input/one", "-f");
    await storage("remove a folder", 0, "rmdir", "data/", "-f");
    await storage("what is left", 0, "ls", "-r");
  },
);
