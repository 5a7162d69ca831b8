import { type Connection, type Model, Schema } from "mongoose";
import type { AccountStore } from "../domain/ports";
import { insertUnique } from "./insert-unique";

interface AccountDocument {
  /** The username in lower case. */
  _id: string;
  v: number;
  person: string;
  passwordHash: string;
}
export type AccountModel = Model<AccountDocument>;

const schemaVersion = 1;

export function accountModel(connection: Connection): AccountModel {
  const schema = new Schema(
    { _id: String, v: Number, person: String, passwordHash: String },
    { strict: "throw", versionKey: false, autoCreate: false, autoIndex: false },
  );
  return connection.model<AccountDocument>("Account", schema as unknown as Schema<AccountDocument>, "accounts");
}

/** Local accounts. Hashing is the sign-in's business: a password never comes here. */
export function accountStore(model: AccountModel): AccountStore {
  return {
    async find(username) {
      const found = await model.findOne({ _id: keyOf(username) }).lean<AccountDocument>();
      return found ? { person: found.person, passwordHash: found.passwordHash } : null;
    },
    async add({ username, person, passwordHash }) {
      const taken = await insertUnique(model, { _id: keyOf(username), v: schemaVersion, person, passwordHash });
      return taken ? "taken" : "added";
    },
  };
}

/** The same name however it is typed: case and the Unicode form do not make another account. */
function keyOf(username: string): string {
  return username.trim().normalize("NFKC").toLowerCase();
}
