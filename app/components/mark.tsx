/** The mark of Common Thread: two strands that cross. */
export function Mark() {
  return (
    <svg
      className="ct-mark-svg"
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
      fill="none"
      strokeWidth="3.5"
      strokeLinecap="round"
    >
      <path d="M4 9c7 0 8 14 15 14 4 0 6-2 9-2" stroke="var(--ct-strand-b)" />
      <path d="M4 23c7 0 8-14 15-14 4 0 6 2 9 2" stroke="var(--ct-surface)" strokeWidth="7" />
      <path d="M4 23c7 0 8-14 15-14 4 0 6 2 9 2" stroke="var(--ct-strand-a)" />
    </svg>
  );
}
