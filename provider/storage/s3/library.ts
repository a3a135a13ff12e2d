/**
 * The library that signs requests of the S3 protocol and reads the answers. It is a file of its own in the package, and
 * is loaded when a command first uses the bucket, because it loads slowly.
 */
export {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
export { ConfiguredRetryStrategy } from "@smithy/core/retry";
