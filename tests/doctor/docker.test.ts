import { DoctorSetup } from "./command";

// The probe on real containers needs a daemon; without one it is left out, and `npm test` names it at its end.
const onDocker = process.env.LYCEUM_TEST_DOCKER === "1" ? test : test.skip;
const why = process.env.LYCEUM_TEST_DOCKER === "1" ? "" : " (docker; left out: LYCEUM_TEST_DOCKER is not 1)";

onDocker.each([
  ["", "29 confirmed, 1 not tried"],
  ["--no-abort", "28 confirmed, 2 not tried"],
])(`a real container confirms every assumption: %s${why}`, async (option, summary) => {
  const setup = await DoctorSetup.begin("docker");
  try {
    const { exitCode, stdout } = await setup.run(`--probe --yes ${option}`);
    expect([stdout.trim().split("\n").at(-1), exitCode]).toEqual([summary, 0]);
    expect(await setup.active()).toEqual([]);
  } finally {
    await setup.end();
  }
});
