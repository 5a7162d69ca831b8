import { describe, expect, it } from "vitest";
import { Refresher } from "../../realtime/client/refresher";

/** A tab whose time is handed by hand. */
function aTab() {
  const timers: (() => void)[] = [];
  const tab = { shown: true, loads: 0 };
  const refresher = new Refresher({ hidden: () => !tab.shown, after: (_ms, run) => timers.push(run) });
  const load = () => {
    tab.loads++;
  };
  refresher.tell(load, false);
  return {
    tab,
    refresher,
    passTime: () => {
      for (const run of timers.splice(0)) run();
    },
    loading: () => refresher.tell(load, true),
    loaded: () => refresher.tell(load, false),
  };
}

describe("the page loads again after a change", () => {
  it("once for a burst of changes, whoever hears them", () => {
    const { tab, refresher, passTime } = aTab();
    refresher.ask();
    refresher.ask();
    refresher.ask();
    passTime();
    expect(tab.loads).toBe(1);
  });

  it("not while it is loading, and once more when that is done", () => {
    const { tab, refresher, passTime, loading, loaded } = aTab();
    refresher.ask();
    passTime();
    loading();
    refresher.ask();
    passTime();
    expect(tab.loads).toBe(1);
    loaded();
    expect(tab.loads).toBe(2);
    loading();
    loaded();
    expect(tab.loads).toBe(2);
  });

  it("again when nobody ever said that a load begun earlier was under way or over", () => {
    const { tab, refresher, passTime } = aTab();
    refresher.ask();
    passTime();
    refresher.ask();
    passTime();
    passTime();
    expect(tab.loads).toBe(2);
  });

  it("only when somebody looks", () => {
    const { tab, refresher, passTime } = aTab();
    tab.shown = false;
    refresher.ask();
    passTime();
    expect(tab.loads).toBe(0);
    tab.shown = true;
    refresher.looked();
    expect(tab.loads).toBe(1);
  });
});
