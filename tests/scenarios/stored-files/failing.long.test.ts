import { testScenario } from "../../harness/register";

testScenario(
  "a bucket that is full, refuses, or holds a file of somebody else: one clear error, and nothing is lost",
  { folder: __dirname, variant: "failing" },
  async (scenario) => {
    const { control } = scenario;
    // It is sent in parts, so that only this file meets the error.
    scenario.work.write("data/big.txt", "0123456789".repeat(900_000));
    const full = await control.fault({
      operation: "CreateMultipartUpload",
      times: "always",
      fault: { kind: "status", status: 507 },
    });
    await scenario.up("the bucket is full", { fails: true, requests: "counted" });
    const { initErrors = [] } = await scenario.resource("data");
    expect(initErrors.join()).toContain("LYC6003: ");
    await control.remove(full);
    const rest = await scenario.up("the next up sends the rest", { requests: "counted" });
    expect(rest.requests.filter(({ operation }) => operation === "PutObject")).toEqual([]);

    const refused = await control.fault({
      operation: "ListObjectsV2",
      times: "always",
      fault: { kind: "status", status: 403 },
    });
    // Timing decides which rows of the stack the CLI prints for a refresh that fails.
    const refusal = await scenario.refresh("a refresh is refused", { fails: true, totalsOnly: true });
    expect(refusal.output).toContain("LYC6002: Listing the bucket failed: 403 AccessDenied");
    await control.remove(refused);
    const pages = await control.fault({ operation: "ListObjectsV2", times: "always", fault: { kind: "short-pages" } });
    await scenario.refresh("a list with pages of one entry is read to its end", {}, "--expect-no-changes");
    await control.remove(pages);

    const slow = await control.fault({
      operation: "PutObject",
      times: 2,
      fault: { kind: "status", status: 503 },
    });
    scenario.work.write("data/b.txt", "changed");
    await scenario.up("a bucket that is busy is asked again", { requests: "counted" });
    await control.remove(slow);

    await scenario.step("somebody else takes a file's place", ["files", "put", "compose.txt", "shared/a.txt"], {
      program: "npx pulumi-lyceum",
    });
    await scenario.refresh("a refresh finds the other file");
    await scenario.step("somebody else adds a file", ["files", "put", "compose.txt", "shared/new.txt"], {
      program: "npx pulumi-lyceum",
    });
    scenario.work.write("data/new.txt", "new");
    await scenario.up("a name that somebody else uses is refused", { fails: true });
    await scenario.destroy("destroy leaves what others have put there");
    await scenario.step("the files that are still stored", ["files", "list", "shared/", "--json"], {
      program: "npx pulumi-lyceum",
    });
  },
);
