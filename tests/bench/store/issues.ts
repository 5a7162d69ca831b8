/** Documents like issues, of about 1.4 KB with 5 indexes beside _id, and what the bench asks of them. */
import mongoose from "mongoose";

export interface Subject {
  ping(): Promise<unknown>;
  insert(documents: object[]): Promise<unknown>;
  findById(i: number): Promise<unknown>;
  pageOfOwner(i: number): Promise<unknown>;
  pageOfBoard(i: number): Promise<unknown>;
  update(i: number): Promise<unknown>;
  move(i: number): Promise<unknown>;
  count(): Promise<number>;
  groupAll(): Promise<unknown>;
  close(): Promise<void>;
}

const STATES = ["new", "accepted", "in-progress", "resolved"];
const WORDS = "referral letter discharge delay clinic practice results phone urgent medicine shared care monitor".split(
  " ",
);

export async function connectTo(uri: string): Promise<Subject> {
  const connection = await mongoose.createConnection(uri, { dbName: `bench-${process.pid}` }).asPromise();
  const Issue = connection.model("Issue", schema());
  await Issue.init();
  return {
    ping: () => connection.db!.command({ ping: 1 }),
    insert: (documents) => Issue.insertMany(documents, { lean: true }),
    findById: async (i) => found(await Issue.findById(idOf(i)).lean()),
    pageOfOwner: async (i) =>
      found(
        (
          await Issue.find({ owner: owner(i) })
            .sort({ updatedAt: -1 })
            .limit(50)
            .lean()
        )[0],
      ),
    pageOfBoard: (i) =>
      Issue.find({
        boardKeys: { $in: ["system", `k1:${i % 40}`, `k2:${i % 40}`] },
        state: "new",
        boardOrder: { $gt: i },
      })
        .sort({ boardOrder: 1, _id: 1 })
        .limit(50)
        .lean(),
    update: async (i) => {
      const done = await Issue.updateOne({ _id: idOf(i) }, { $inc: { version: 1 }, $set: { updatedAt: new Date() } });
      if (done.modifiedCount !== 1) throw new Error("the update changed nothing");
    },
    move: async (i) => {
      const done = await Issue.updateOne({ _id: idOf(i) }, { $inc: { version: 1 }, $set: { state: "moved" } });
      if (done.modifiedCount !== 1) throw new Error("the update changed nothing");
    },
    count: () => Issue.countDocuments({ body: /care nowhere/, harm: "none" }),
    groupAll: () => Issue.aggregate([{ $group: { _id: "$state", n: { $sum: 1 } } }]),
    close: async () => {
      if (process.env.MONGODB_URI === uri) await connection.dropDatabase();
      await connection.close();
    },
  };
}

function found(d: unknown): unknown {
  if (!d) throw new Error("nothing was found");
  return d;
}

function schema() {
  const s = new mongoose.Schema(
    {
      _id: String,
      ref: { type: String, unique: true },
      title: String,
      body: String,
      state: String,
      boardKeys: [String],
      boardOrder: Number,
      owner: String,
      trust: String,
      category: String,
      harm: String,
      updatedAt: Date,
      version: Number,
      pending: [{ _id: false, id: Number, dueAt: Date }],
    },
    { versionKey: false },
  );
  s.index({ boardKeys: 1, state: 1, boardOrder: 1, _id: 1 });
  s.index({ owner: 1, updatedAt: -1 });
  s.index({ trust: 1, category: 1, boardOrder: 1 });
  s.index({ "pending.dueAt": 1 }, { sparse: true });
  return s;
}

/** The same document for the same number, in every run. */
export function issueLike(i: number): object {
  const at = (n: number, of: number): number => Math.floor(noise(i * 64 + n) * of);
  const text = (from: number, words: number): string =>
    Array.from({ length: words }, (_, w) => WORDS[at(from + w, WORDS.length)]).join(" ");
  return {
    _id: idOf(i),
    ref: `CT-${i}`,
    title: text(0, 8),
    body: text(8, 120),
    state: STATES[at(1, 4)],
    boardKeys: Array.from({ length: 15 }, (_, k) => (k === 0 ? "system" : `k${k}:${at(k, 40)}`)),
    boardOrder: at(2, 1e9),
    owner: owner(at(3, 300)),
    trust: `T${at(4, 20)}`,
    category: `C${at(5, 12)}`,
    harm: "none",
    updatedAt: new Date(1.7e12 + at(6, 1e9)),
    version: 1,
    pending: i % 1000 === 0 ? [{ id: i, dueAt: new Date(1.7e12) }] : [],
  };
}

function idOf(i: number): string {
  return `01J${String(i).padStart(23, "0")}`;
}

function owner(i: number): string {
  return `post${i % 300}`;
}

/** A number from 0 to 1 that looks random and is always the same. */
function noise(n: number): number {
  let t = Math.imul(n + 0x6d2b79f5, 0x85ebca6b);
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
