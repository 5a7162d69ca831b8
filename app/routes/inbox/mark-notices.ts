import { z } from "zod";
import type { Actor } from "../../domain/person";
import type { Board } from "../../web/load-context";

const ids = z.array(z.string().regex(/^\w{1,40}$/)).max(100);
const markingSchema = z.discriminatedUnion("mark", [
  z.object({ mark: z.literal("done"), ids }),
  z.object({ mark: z.literal("unread"), ids }),
  z.object({ mark: z.literal("all-done") }),
]);

/** What was done, and what takes it back. */
export interface Marked {
  done: number;
  undo: { mark: "done" | "unread"; ids: string[] } | null;
}

/** How many notices "all done" can take back. */
const undoable = 100;

/** Marks this person's notices as done or as unread. What is not theirs stays as it is: the store asks for the person. */
export async function markNotices({ notices, now }: Board, actor: Actor, form: FormData): Promise<Marked | null> {
  const asked = markingSchema.safeParse({ mark: form.get("mark"), ids: form.getAll("id") });
  if (!asked.success) return null;
  const marking = asked.data;
  switch (marking.mark) {
    case "done":
      await notices.markRead(actor.person, marking.ids, now());
      return { done: marking.ids.length, undo: { mark: "unread", ids: marking.ids } };
    case "unread":
      for (const id of marking.ids) await notices.markUnread(actor.person, id);
      return { done: 0, undo: null };
    case "all-done": {
      const unread = await notices.page(actor.person, { limit: undoable, unreadOnly: true });
      await notices.markRead(actor.person, "all", now());
      const marked = unread.items.map((notice) => notice.id);
      return { done: marked.length, undo: unread.next ? null : { mark: "unread", ids: marked } };
    }
  }
}
