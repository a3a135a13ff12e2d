/**
 * The ways in which runs with `enable_s3_mount` may have access to the bucket. Lyceum does not document which one is
 * right.
 */
export const MOUNT_KINDS = ["both", "service", "machine"] as const;

/** The settings of the bucket that a test can change. */
export interface BucketSettings {
  /** The number of seconds for which new credentials are valid. */
  readonly credentialSeconds: number;
  /** The largest number of bytes in the bucket. With null, only the disk limits it. */
  readonly quotaBytes: number | null;
  /**
   * How runs have access to the bucket. `service`: each Compose service has the bucket at `/mnt/s3`. `machine`: only
   * the machine has the bucket, and a Compose service mounts a path of it (`/mnt/s3/KEY:/data`). `both`: both work.
   */
  readonly mount: (typeof MOUNT_KINDS)[number];
}

/** The settings of a new emulator. */
export const DEFAULT_SETTINGS: BucketSettings = { credentialSeconds: 3600, quotaBytes: null, mount: "both" };
