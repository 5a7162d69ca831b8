/** Crockford's alphabet: nothing that can be misread. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * A ULID for a form about to be shown: 48 bits of time and 80 of chance, in 26 characters. What the form sends takes it
 * as its id, so that sending it twice stores it once.
 */
export function formId(now: Date): string {
  let time = now.getTime();
  let head = "";
  for (let at = 0; at < 10; at++) {
    head = alphabet[time % 32] + head;
    time = Math.floor(time / 32);
  }
  const chance = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return head + Array.from(chance, (byte) => alphabet[byte % 32]).join("");
}
