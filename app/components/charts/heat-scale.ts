/** Fixed bins of a rate per 10,000: a colour means the same on every day and every page. */
export const heatBins = [0.2, 0.4, 0.8, 1.5, 2.2] as const;

/** Which of the six steps a rate falls in, from 0. */
export function heatStep(per10000: number): number {
  return heatBins.filter((from) => per10000 >= from).length;
}

/** In words, for the key. */
export const heatStepWords = ["under 0.2", "0.2", "0.4", "0.8", "1.5", "2.2 and over"] as const;

export function rateFigure(per10000: number): string {
  return per10000.toFixed(per10000 < 10 ? 2 : 1);
}

export const funnelSign = { above: "▲", within: "", below: "▼" } as const;
