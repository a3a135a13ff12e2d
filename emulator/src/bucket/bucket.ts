import type { Clock } from "../clock/clock";
import { IssuedCredentials } from "./credentials";
import { type BucketSettings, DEFAULT_SETTINGS } from "./settings";
import { ObjectStore } from "./store/objects";

/** The name of the bucket. */
export const BUCKET_NAME = "local-bucket";
/** The region of the bucket. */
export const BUCKET_REGION = "us-east-1";

/** The bucket of the only account. */
export class Bucket {
  readonly objects: ObjectStore;
  readonly credentials: IssuedCredentials;
  settings: BucketSettings;

  /** @param folder the folder of everything that the bucket has. It is created with the bucket. */
  constructor(
    folder: string,
    readonly clock: Clock,
    settings: Partial<BucketSettings> = {},
  ) {
    this.objects = new ObjectStore(folder);
    this.credentials = new IssuedCredentials(clock);
    this.settings = { ...DEFAULT_SETTINGS, ...settings };
  }
}
