import type { LoadOptions } from "../loading";
import { loadProject } from ".";

test.each([[{}], [{ from: undefined }], [{ files: undefined }], [{ root: undefined }]])(
  "the defaults hold for the options %j",
  (options) => {
    const { folder } = loadProject("examples", options as Partial<LoadOptions>);
    expect(folder).toBe(`${process.cwd()}/examples`);
  },
);
