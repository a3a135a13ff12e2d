import { fakeSurface } from "../testing/surface";
import { preview } from "./preview";
import type { Session } from "./session";

test("a policy that cannot be used leaves no stack behind that the preview has created", async () => {
  const removeIfNew = jest.fn().mockResolvedValue(undefined);
  const surface = fakeSurface({ "infra/lyceum-policy.yaml": "maxTimout: 1\n" });
  const session = { request: { folder: "/project/infra" }, surface, open: { removeIfNew } } as unknown as Session;
  await expect(preview(session)).rejects.toThrow(/^LYC5100: .*lyceum-policy\.yaml:1: a policy has no key maxTimout/);
  expect(removeIfNew).toHaveBeenCalledTimes(1);
});
