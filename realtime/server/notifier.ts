import type { Server } from "socket.io";
import type { Notifier } from "../../app/domain/ports";
import type { BrowserToServer, ServerToBrowser } from "../protocol";
import { boardRoom, issueRoom, personRoom } from "./rooms";

/** Tells browsers that something changed: ids, reference and version, to those who may know of it. */
export function createNotifier(io: Server<BrowserToServer, ServerToBrowser>): Notifier {
  return {
    issueChanged({ id, reference, version, audience }) {
      const rooms = audience.flatMap((key) => [boardRoom(key), issueRoom(id, key)]);
      if (rooms.length > 0) io.to(rooms).emit("issue-changed", { issue: id, reference, version });
    },
    noticesChanged(person) {
      io.to(personRoom(person)).emit("notices-changed", {});
    },
    themesChanged(audience) {
      if (audience.length > 0) io.to(audience.map(boardRoom)).emit("themes-changed", {});
    },
  };
}
