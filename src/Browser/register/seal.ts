/** What is kept encrypted: AES-GCM, 256 bits, a random nonce each time. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** A key that this page and this browser can use and nobody can read back out. */
export const keyFrom = (base64: string): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)), "AES-GCM", false, ["encrypt", "decrypt"]);

/** Encrypts; `place` says where it is kept, so that nothing can be put in another's place. */
export async function seal(key: CryptoKey, what: unknown, place: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(place) }, key, new TextEncoder().encode(JSON.stringify(what)));
  return { iv, data };
}

/** Decrypts; null where the key is another or the place is. */
export async function unseal<T>(key: CryptoKey, sealed: Sealed, place: string): Promise<T | null> {
  try {
    const data = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv, additionalData: new TextEncoder().encode(place) }, key, sealed.data);
    return JSON.parse(new TextDecoder().decode(data)) as T;
  } catch {
    return null;
  }
}
