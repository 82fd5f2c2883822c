import jsQR from "jsqr";

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

interface Detectors {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** Pixels of the longer side that a code is looked for in: enough for a ticket that fills a third of the picture, few enough for an old tablet. */
const Enough = 640;

/** Reads the QR code of a picture; null where there is none. */
type Read = (video: HTMLVideoElement) => Promise<string | null>;

/** The browser's own detector where it has one; else a library does the same. */
async function reader(): Promise<Read> {
  const Own = (globalThis as { BarcodeDetector?: Detectors }).BarcodeDetector;
  if (Own && (await Own.getSupportedFormats().catch(() => [] as string[])).includes("qr_code")) {
    const detector = new Own({ formats: ["qr_code"] });
    return async video => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  return async video => {
    const scale = Math.min(1, Enough / Math.max(video.videoWidth, video.videoHeight));
    const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
    if (width === 0 || height === 0) return null;
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    pen.drawImage(video, 0, 0, width, height);
    return jsQR(pen.getImageData(0, 0, width, height).data, width, height, { inversionAttempts: "dontInvert" })?.data ?? null;
  };
}

/** How long the same ticket may stay before the camera without being scanned again. Milliseconds. */
const Same = 2500;

/** Looks through the tablet's camera until it is taken away, and says each ticket once. Fails as the browser does: no camera, or none allowed. */
export async function look(video: HTMLVideoElement, seen: (text: string) => void): Promise<void> {
  const read = await reader();
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
  video.hidden = false;
  await video.play();
  let [last, at] = ["", 0];
  const again = (): void => {
    if ("requestVideoFrameCallback" in video) video.requestVideoFrameCallback(() => void frame());
    else setTimeout(() => void frame(), 80);
  };
  const frame = async (): Promise<void> => {
    const text = await read(video).catch(() => null);
    const now = performance.now();
    if (text) {
      if (text !== last || now - at > Same) seen(text);
      [last, at] = [text, now];
    }
    again();
  };
  again();
}
