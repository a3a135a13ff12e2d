import { NO_DOCKER, testUnless } from "../harness/needs";
import { DoctorSetup } from "./command";

testUnless(NO_DOCKER, "a real container confirms every assumption", async () => {
  const setup = await DoctorSetup.begin("docker");
  try {
    const { exitCode, stdout } = await setup.run("--probe --yes");
    expect([stdout.match(/^ {2}(!!|--) .*/gm), exitCode]).toEqual([null, 0]);
    expect(stdout).toContain("What the provider assumes of the service");
    expect(await setup.active()).toEqual([]);
  } finally {
    await setup.end();
  }
});
