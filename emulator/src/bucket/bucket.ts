import { join } from "node:path";
import type { Clock } from "../clock/clock";
import type { BucketMount } from "../engines/engine";
import { IssuedCredentials } from "./credentials";
import { type BucketSettings, DEFAULT_SETTINGS } from "./settings";
import { CompletedUploads } from "./store/completed";
import { ObjectStore } from "./store/objects";
import { Uploads } from "./store/uploads";

/** The name of the bucket. */
export const BUCKET_NAME = "local-bucket";
/** The region of the bucket. */
export const BUCKET_REGION = "us-east-1";

/** The bucket of the emulator's only account. */
export class Bucket {
  readonly objects: ObjectStore;
  readonly uploads: Uploads;
  readonly completed = new CompletedUploads();
  readonly credentials: IssuedCredentials;
  settings: BucketSettings;

  /** @param folder the folder of everything that the bucket stores; created together with the bucket */
  constructor(
    folder: string,
    readonly clock: Clock,
    settings: Partial<BucketSettings> = {},
  ) {
    this.objects = new ObjectStore(folder);
    this.uploads = new Uploads(join(folder, "uploads"));
    this.credentials = new IssuedCredentials(clock);
    this.settings = { ...DEFAULT_SETTINGS, ...settings };
  }

  /** Returns how a new run mounts the bucket. Creates the bucket first if it does not exist. */
  mount(): BucketMount {
    this.objects.createNow();
    const { mount } = this.settings;
    return { folder: this.objects.mount, inServices: mount !== "machine", onMachine: mount !== "service" };
  }
}
