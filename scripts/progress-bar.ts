const width = 30;
const wholeNumber = new Intl.NumberFormat("en-GB");

/** Says how far something is: a bar that moves on a terminal, a line at every tenth elsewhere. */
export function progressBar(what: string, out: NodeJS.WriteStream = process.stdout) {
  const began = performance.now();
  let tenth = -1;
  let shown = false;
  return {
    to(done: number, total: number): void {
      const share = total > 0 ? Math.min(done / total, 1) : 1;
      const seconds = (performance.now() - began) / 1_000;
      const left = share > 0 && share < 1 ? `, ${Math.ceil((seconds / share) * (1 - share))} s left` : "";
      const words = `${what}: ${wholeNumber.format(done)} of ${wholeNumber.format(total)}${left}`;
      if (out.isTTY) {
        const filled = Math.round(share * width);
        out.write(`\r[${"#".repeat(filled)}${".".repeat(width - filled)}] ${words}\u001b[K`);
        shown = true;
      } else if (Math.floor(share * 10) > tenth) {
        tenth = Math.floor(share * 10);
        out.write(`${Math.round(share * 100)} %  ${words}\n`);
      }
    },
    end(words: string): void {
      const seconds = ((performance.now() - began) / 1_000).toFixed(0);
      out.write(`${shown ? "\n" : ""}${words} (${seconds} s)\n`);
    },
  };
}
