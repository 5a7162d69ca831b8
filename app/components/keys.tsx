import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { Dialog } from "./dialog";

/** A key that does something, and what. Two keys pressed one after the other are written "g b". */
export interface KeyBinding {
  key: string;
  does: string;
  run(): void;
}

interface KeyRegister {
  on: boolean;
  add(bindings: () => readonly KeyBinding[]): () => void;
  showHelp(): void;
}

const KeyContext = createContext<KeyRegister>({ on: false, add: () => () => {}, showHelp: () => {} });

/** Two keys make a pair when the second follows within this time. */
const pairWithinMs = 1_200;

interface KeysProviderProps {
  /** Whether this person uses keys. They can be turned off. */
  on: boolean;
  children: ReactNode;
  /** Below the list: the switch. */
  foot?: ReactNode;
}

/** Listens for single keys, outside of fields, and keeps the list that `?` shows. */
export function KeysProvider({ on, children, foot }: KeysProviderProps) {
  const sources = useRef(new Set<() => readonly KeyBinding[]>());
  const [help, setHelp] = useState<readonly KeyBinding[] | null>(null);
  const register = useMemo<KeyRegister>(() => {
    const all = () => [...sources.current].flatMap((source) => source());
    return {
      on,
      add(bindings) {
        sources.current.add(bindings);
        return () => sources.current.delete(bindings);
      },
      showHelp: () => setHelp(all()),
    };
  }, [on]);
  useEffect(() => {
    if (!on) return;
    return listen((pressed) => {
      if (pressed === "?") {
        register.showHelp();
        return true;
      }
      // What was added last is nearest to the page: it wins.
      for (const source of [...sources.current].reverse()) {
        const binding = source().find((each) => each.key === pressed);
        if (!binding) continue;
        binding.run();
        return true;
      }
      return false;
    });
  }, [on, register]);
  return (
    <KeyContext.Provider value={register}>
      {children}
      <Dialog open={help !== null} title="Keys" onClose={() => setHelp(null)}>
        <dl className="ct-keylist">
          {(help ?? []).map((each) => (
            <div key={each.key}>
              <dt>{each.does}</dt>
              <dd>
                <Keys keys={each.key} />
              </dd>
            </div>
          ))}
          <div>
            <dt>This list</dt>
            <dd>
              <kbd>?</kbd>
            </dd>
          </div>
        </dl>
        {foot}
      </Dialog>
    </KeyContext.Provider>
  );
}

/** Adds keys while the component is on the page. The newest bindings are used: no need to memoise them. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const { add } = useContext(KeyContext);
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => add(() => latest.current), [add]);
}

/** Whether keys are on for this person, and how to show them all. */
export function useKeysState(): { on: boolean; showHelp(): void } {
  const { on, showHelp } = useContext(KeyContext);
  return { on, showHelp };
}

/** A key, or a pair of keys, as drawn. */
export function Keys({ keys }: { keys: string }) {
  return keys.split(" ").map((key, at) => (
    <span key={key}>
      {at > 0 ? " " : ""}
      <kbd>{key}</kbd>
    </span>
  ));
}

/** Where keys work, they are shown: a line at the foot of the page. */
export function KeyLine({ keys, children }: { keys: readonly (readonly [string, string])[]; children?: ReactNode }) {
  const { on, showHelp } = useKeysState();
  if (!on) return children ? <div className="ct-keys">{children}</div> : null;
  return (
    <div className="ct-keys" role="group" aria-label="Keys">
      {keys.map(([key, does]) => (
        <span key={key} className="ct-js-only">
          <Keys keys={key} /> {does}
        </span>
      ))}
      <button type="button" className="ct-linklike ct-js-only" onClick={showHelp}>
        All keys <kbd>?</kbd>
      </button>
      <span className="ct-grow" />
      {children}
    </div>
  );
}

/**
 * `j` and `k` walk through the links of cards and rows in reading order, `Enter` opens as links do. Nothing moves by
 * itself: without a press the focus stays where it is.
 */
export function useListKeys(): void {
  const step = (by: 1 | -1) => {
    const links: Element[] = [...document.querySelectorAll<HTMLElement>("main a.ct-card__link")].filter(
      (link) => link.offsetParent,
    );
    const at = document.activeElement ? links.indexOf(document.activeElement) : -1;
    const next = at >= 0 ? links[at + by] : links.at(by > 0 ? 0 : -1);
    if (!(next instanceof HTMLElement)) return;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  useKeys([
    { key: "j", does: "Next issue", run: () => step(1) },
    { key: "k", does: "Previous issue", run: () => step(-1) },
  ]);
}

/** Calls back with a key, or with a pair, unless the person is writing. The callback says whether it was used. */
function listen(use: (pressed: string) => boolean): () => void {
  let first: { key: string; at: number } | null = null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isWriting(event.target)) return;
    if (event.key.length !== 1) return;
    const pair = first && event.timeStamp - first.at < pairWithinMs ? `${first.key} ${event.key}` : null;
    first = { key: event.key, at: event.timeStamp };
    if ((pair && use(pair)) || use(event.key)) {
      first = null;
      event.preventDefault();
    }
  };
  document.addEventListener("keydown", onKeyDown);
  return () => document.removeEventListener("keydown", onKeyDown);
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, dialog") !== null;
}
