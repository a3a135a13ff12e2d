/** How runs with `enable_s3_mount` may have access to the bucket. Lyceum does not document which value is right. */
export const MOUNT_KINDS = ["both", "service", "machine"] as const;

/** The settings of the bucket that a test can change. */
export interface BucketSettings {
  /** The number of seconds for which new credentials are valid. */
  readonly credentialSeconds: number;
  /** The largest number of bytes in the bucket. If null, only the disk limits the number. */
  readonly quotaBytes: number | null;
  /**
   * Where a run finds the bucket. `service`: in each Compose service, at `/mnt/s3`. `machine`: on the machine of the
   * run, so a Compose service must mount a path of the bucket (`/mnt/s3/KEY:/data`). `both`: in both places.
   */
  readonly mount: (typeof MOUNT_KINDS)[number];
}

/** The settings of the bucket in a new emulator. */
export const DEFAULT_SETTINGS: BucketSettings = { credentialSeconds: 3600, quotaBytes: null, mount: "both" };
