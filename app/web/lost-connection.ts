/** What is said when a form could not be sent because there is no connection. The page keeps what was typed. */
export const lostWords =
  "This was not sent: there is no connection. Your words are kept here. Try again when you are back.";

/** "Service Unavailable": what a page's own action answers in place of a server that could not be reached. */
export const lostStatus = 503;

/**
 * What the server answered, or null when it could not be reached. Without this a form sent while offline would end on an
 * error page, without its words.
 */
export async function answerOrLost<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask();
  } catch (error) {
    // A request that got no answer at all rejects with a TypeError (Fetch Standard, 4.1); answers are thrown as they are.
    if (error instanceof TypeError) return null;
    throw error;
  }
}
