import { imagesOf } from "./document";

const namesOf = (composeFileCode: string, images: Record<string, string>) =>
  imagesOf({ composeFileCode, images })?.map(({ service, image }) => `${service} ${image}`);

test("an image that is given for a service is not that of another one whose image is called like the service", () => {
  expect(namesOf("services: {redis: {build: .}, cache: {image: redis}}", { redis: "a:1" })).toEqual([
    "redis a:1",
    "cache redis",
  ]);
  expect(namesOf("services: {app: {build: ., image: app}, worker: {build: ., image: app}}", { app: "a:1" })).toEqual([
    "app a:1",
    "worker a:1",
  ]);
  expect(namesOf("services: {web: {build: ., image: shop}}", { shop: "a:1" })).toEqual(["web a:1"]);
});
