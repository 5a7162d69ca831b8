import { useNavigate } from "@remix-run/react";
import {
  type ComponentType,
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useKeys } from "./keys";
import type { PaletteProps } from "./palette";

interface Opener {
  open(): void;
}

const OpenerContext = createContext<Opener>({ open: () => {} });

/** Opens the palette, from a button. */
export function usePalette(): Opener {
  return useContext(OpenerContext);
}

interface PaletteProviderProps {
  mayRaise: boolean;
  children: ReactNode;
}

/**
 * Ctrl or Cmd with K opens the palette on every page, in a field too, and closes it again. Its code is fetched once the
 * page has nothing else to do; what is typed before it is there goes into its field.
 */
export function PaletteProvider({ mayRaise, children }: PaletteProviderProps) {
  const { Palette, opened, open, close, listen } = useLoadedPalette();
  useEffect(() => listen(), [listen]);
  useKeys([{ key: "Ctrl K", does: "Search everything, or go to a page", run: open }]);
  const opener = useMemo(() => ({ open }), [open]);
  return (
    <OpenerContext.Provider value={opener}>
      {children}
      {Palette && opened ? <Palette typed={opened.typed} mayRaise={mayRaise} onClose={close} /> : null}
    </OpenerContext.Provider>
  );
}

interface Opened {
  /** Typed since it was asked for. */
  typed: string;
}

function useLoadedPalette() {
  const navigate = useNavigate();
  const [Palette, setPalette] = useState<ComponentType<PaletteProps> | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const now = useRef({ navigate, loaded: false, opened: false, waiting: null as Opened | null });
  now.current.navigate = navigate;
  now.current.opened = opened !== null;
  const control = useMemo(() => {
    const load = async () => {
      const { Palette: loaded } = await import("./palette");
      now.current.loaded = true;
      setPalette(() => loaded);
    };
    const open = () => {
      if (now.current.loaded) return setOpened({ typed: "" });
      if (now.current.waiting) return;
      const waiting: Opened = { typed: "" };
      now.current.waiting = waiting;
      load().then(
        () => {
          if (now.current.waiting === waiting) setOpened({ typed: waiting.typed });
          now.current.waiting = null;
        },
        // Its code could not be fetched: the page does the same.
        () => {
          now.current.waiting = null;
          now.current.navigate("/search");
        },
      );
    };
    const close = () => setOpened(null);
    const onKeyDown = (event: KeyboardEvent) => {
      if (isPaletteKey(event)) {
        event.preventDefault();
        event.stopPropagation();
        if (now.current.opened) document.querySelector<HTMLDialogElement>("dialog.ct-palette")?.close();
        else open();
      } else if (now.current.waiting) keepTyped(event, now.current);
    };
    return {
      open,
      close,
      listen() {
        document.addEventListener("keydown", onKeyDown, true);
        const forget = whenIdle(() => void load().catch(() => {}));
        return () => {
          document.removeEventListener("keydown", onKeyDown, true);
          forget();
        };
      },
    };
  }, []);
  return { Palette, opened, ...control };
}

function isPaletteKey(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
}

/** A key pressed while the palette is being fetched: it is meant for its field, and for nothing on the page. */
function keepTyped(event: KeyboardEvent, now: { waiting: Opened | null }): void {
  if (!now.waiting || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") now.waiting = null;
  else if (event.key === "Backspace") now.waiting.typed = now.waiting.typed.slice(0, -1);
  else if (event.key.length === 1) now.waiting.typed += event.key;
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** After everything the page itself needs. */
const idleAfterMs = 1_500;

function whenIdle(run: () => void): () => void {
  const timer = setTimeout(run, idleAfterMs);
  return () => clearTimeout(timer);
}
