import type { ClockWords } from "./clock-words";
import { Icon } from "./icon";

const classes = { calm: "ct-clock", soon: "ct-clock ct-clock--soon", late: "ct-clock ct-clock--late" };

/** What is due, in words made on the server by `clockWords`. */
export function ClockMark({ words, tone }: ClockWords) {
  return (
    <span className={classes[tone]}>
      <Icon name={tone === "late" ? "late" : "clock"} />
      {words}
    </span>
  );
}
