/** A token bucket: so many messages at once, and so many a second in the long run. */
export class FloodGuard {
  #tokens: number;
  #refilledAt: number;
  #burst: number;
  #perSecond: number;

  constructor(burst: number, perSecond: number, now: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#tokens = burst;
    this.#refilledAt = now;
  }

  /** Whether one more message is within bounds at `now` (milliseconds). */
  allows(now: number): boolean {
    const earned = (Math.max(0, now - this.#refilledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + earned) - 1;
    this.#refilledAt = now;
    return this.#tokens >= 0;
  }
}

/** Messages that wait for something to be ready, up to a limit. */
export class WaitingLine {
  #messages: Uint8Array[] = [];
  #bytes = 0;
  #messagesAtMost: number;
  #bytesAtMost: number;

  constructor(messagesAtMost: number, bytesAtMost: number) {
    this.#messagesAtMost = messagesAtMost;
    this.#bytesAtMost = bytesAtMost;
  }

  /** False: it is full. */
  add(message: Uint8Array): boolean {
    this.#bytes += message.length;
    if (this.#messages.length >= this.#messagesAtMost || this.#bytes > this.#bytesAtMost) return false;
    this.#messages.push(message);
    return true;
  }

  take(): Uint8Array[] {
    this.#bytes = 0;
    return this.#messages.splice(0);
  }
}
