/** The size of what comes, shown only after 300 ms, so that nothing jumps and nothing flickers. */
export function LoadingRows({ rows = 3 }: { rows?: number }) {
  return (
    <div className="ct-stack ct-late" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <div className="ct-row" key={at}>
          <span className="ct-skel ct-skel--face" />
          <span className="ct-grow ct-stack-s">
            <span className="ct-skel ct-skel--line" />
            <span className="ct-skel ct-skel--half" />
          </span>
        </div>
      ))}
    </div>
  );
}

export function LoadingCard() {
  return (
    <div className="ct-card ct-late" role="status" aria-label="Loading">
      <span className="ct-skel ct-skel--half" />
      <span className="ct-skel ct-skel--title" />
      <span className="ct-skel ct-skel--line" />
      <span className="ct-skel ct-skel--line" />
      <div className="ct-card__foot">
        <span className="ct-skel ct-skel--half" />
      </div>
    </div>
  );
}
