const Patience = 3000;

/** Where the content is shown: one frame, which is emptied before the next content comes, so that what leaves has said its last word by then. */
export class Stage {
  private readonly frame = document.createElement("iframe");
  private shown = false;
  private loaded = 0;

  constructor() {
    this.frame.title = "Content";
    this.frame.name = "content";
    this.frame.allow = "autoplay; fullscreen; unload";
    this.frame.addEventListener("load", () => {
      if (this.shown && this.loaded === 0) this.loaded = Date.now();
    });
    document.body.append(this.frame);
  }

  show(address: string, title: string): void {
    this.shown = true;
    this.loaded = 0;
    this.frame.title = title;
    this.frame.src = address;
  }

  /** Milliseconds that the content has been there as a whole. */
  get since(): number {
    return this.loaded === 0 ? 0 : Date.now() - this.loaded;
  }

  /** Leaves the content; over when its own "unload" has run. */
  async clear(): Promise<void> {
    if (!this.shown) return;
    this.shown = false;
    await new Promise<void>(done => {
      const over = (): void => {
        this.frame.removeEventListener("load", over);
        clearTimeout(timer);
        done();
      };
      const timer = setTimeout(over, Patience);
      this.frame.addEventListener("load", over);
      this.frame.src = "about:blank";
    });
  }
}
