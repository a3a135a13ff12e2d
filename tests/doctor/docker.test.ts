import { DoctorSetup } from "./command";

// The probe on real containers needs a daemon; without one it is left out, and `npm test` names it at its end.
const onDocker = process.env.LYCEUM_TEST_DOCKER === "1" ? test : test.skip;
const why = process.env.LYCEUM_TEST_DOCKER === "1" ? "" : " (docker; left out: LYCEUM_TEST_DOCKER is not 1)";

onDocker(`a real container confirms every assumption${why}`, async () => {
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
