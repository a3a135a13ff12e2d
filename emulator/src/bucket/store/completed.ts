/** The latest completed uploads. They are kept because a client may repeat the request that completed an upload. */
export class CompletedUploads {
  readonly #done = new Map<string, { readonly key: string; readonly etag: string }>();

  get(id: string): { readonly key: string; readonly etag: string } | undefined {
    return this.#done.get(id);
  }

  add(id: string, result: { readonly key: string; readonly etag: string }): void {
    this.#done.set(id, result);
    const [oldest = ""] = this.#done.keys();
    if (this.#done.size > 1000) this.#done.delete(oldest);
  }
}
