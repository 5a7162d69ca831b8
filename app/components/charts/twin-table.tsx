/** The same numbers as a chart, in the same order and rounding. */
export interface Twin {
  caption: string;
  head: readonly string[];
  /** The first cell names its row. */
  rows: readonly (readonly string[])[];
  /** Columns that hold numbers, from 0. */
  numbers?: readonly number[];
}

/** A chart as a table. On a phone a wide one becomes a block a row. */
export function TwinTable({ twin }: { twin: Twin }) {
  const isNumber = (at: number) => twin.numbers?.includes(at) === true;
  return (
    <table className={twin.head.length > 4 ? "ct-twin ct-twin--wide" : "ct-twin"}>
      <caption>{twin.caption}</caption>
      <thead>
        <tr>
          {twin.head.map((name, at) => (
            <th key={name} scope="col" className={isNumber(at) ? "ct-twin__number" : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {twin.rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rows may read alike, and rows never move
          <tr key={index}>
            {row.map((text, at) =>
              at === 0 ? (
                <th key={twin.head[at]} scope="row">
                  {text}
                </th>
              ) : (
                <td
                  key={twin.head[at]}
                  data-head={twin.head[at]}
                  className={isNumber(at) ? "ct-twin__number" : undefined}
                >
                  {text}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
