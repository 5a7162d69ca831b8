/** The size of what comes, shown only after 300 ms, so that nothing jumps and nothing flickers. */
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
