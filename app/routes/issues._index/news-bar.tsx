import { countOf } from "../../components/clock-words";

interface NewsBarProps {
  fresh: number;
  changed: number;
  /** The connection was lost for a while: what is shown may be old. */
  missed: boolean;
  onShow(): void;
}

/** "3 new issues: show them". Nothing moves until somebody asks. */
export function NewsBar({ fresh, changed, missed, onShow }: NewsBarProps) {
  const words = newsWords(fresh, changed, missed);
  return (
    <div className="ct-news" role="status">
      {words ? (
        <button type="button" className="ct-filter is-on" onClick={onShow}>
          {words}
        </button>
      ) : null}
    </div>
  );
}

function newsWords(fresh: number, changed: number, missed: boolean): string | null {
  if (fresh > 0) return `${countOf(fresh, "new issue")}: show ${fresh === 1 ? "it" : "them"}`;
  if (changed > 0) return `${countOf(changed, "issue")} changed: show it as it is now`;
  if (missed) return "This board may be behind: show it as it is now";
  return null;
}
