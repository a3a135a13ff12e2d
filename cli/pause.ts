const nothing = new Int32Array(new SharedArrayBuffer(4));

/** Waits 20 ms without giving up the thread: for a pipe that another process has made such that it does not wait. */
export function pauseBriefly(): void {
  Atomics.wait(nothing, 0, 0, 20);
}
